# Signs with Ruby's openssl: sign.rb sign <private key, 64 hex> <text>, or sign.rb keygen.
require "json"
require "openssl"

# A key cannot be changed once made (OpenSSL 3), so it is read from SEC 1: ECPrivateKey with its public key.
def load_key(private_key)
  group = OpenSSL::PKey::EC::Group.new("secp256k1")
  point = group.generator.mul(OpenSSL::BN.new(private_key, 16))
  OpenSSL::PKey::EC.new(OpenSSL::ASN1::Sequence([
    OpenSSL::ASN1::Integer(1),
    OpenSSL::ASN1::OctetString([private_key].pack("H*")),
    OpenSSL::ASN1::ObjectId("secp256k1", 0, :EXPLICIT),
    OpenSSL::ASN1::BitString(point.to_octet_string(:uncompressed), 1, :EXPLICIT),
  ]).to_der)
end

def public_key(key)
  key.public_key.to_octet_string(:uncompressed).unpack1("H*")
end

case ARGV[0]
when "sign"
  key = load_key(ARGV[1])
  signature = key.sign("SHA256", ARGV[2]).unpack1("H*")
  puts JSON.generate(publicKey: public_key(key), signature: signature)
when "keygen"
  key = OpenSSL::PKey::EC.generate("secp256k1")
  puts JSON.generate(privateKey: key.private_key.to_s(16).downcase.rjust(64, "0"), publicKey: public_key(key))
else
  warn "usage: sign.rb sign <private key, 64 hex> <text> | sign.rb keygen"
  exit 2
end
