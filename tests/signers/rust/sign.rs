// Signs with libsecp256k1, from Rust: sign sign <private key, 64 hex> <text>, or sign keygen.
use sha2::{Digest, Sha256};
use std::{env, ffi::c_void, fs::File, io::Read, os::unix::ffi::OsStrExt, process::exit, ptr};

#[link(name = "secp256k1")]
extern "C" {
    fn secp256k1_context_create(flags: u32) -> *mut c_void;
    fn secp256k1_ec_pubkey_create(ctx: *mut c_void, point: *mut u8, key: *const u8) -> i32;
    fn secp256k1_ec_pubkey_serialize(ctx: *mut c_void, to: *mut u8, len: *mut usize, point: *const u8, form: u32) -> i32;
    fn secp256k1_ecdsa_sign(ctx: *mut c_void, sig: *mut u8, digest: *const u8, key: *const u8, nonce: *const c_void, data: *const c_void) -> i32;
    fn secp256k1_ecdsa_signature_serialize_der(ctx: *mut c_void, to: *mut u8, len: *mut usize, sig: *const u8) -> i32;
}

const CONTEXT_SIGN: u32 = 1 | 1 << 9;
const UNCOMPRESSED: u32 = 1 << 1;

fn public_key(ctx: *mut c_void, key: &[u8; 32]) -> String {
    let (mut point, mut to, mut len) = ([0u8; 64], [0u8; 65], 65);
    let valid = unsafe { secp256k1_ec_pubkey_create(ctx, point.as_mut_ptr(), key.as_ptr()) };
    assert_eq!(valid, 1, "the private key is not between 1 and n - 1");
    unsafe { secp256k1_ec_pubkey_serialize(ctx, to.as_mut_ptr(), &mut len, point.as_ptr(), UNCOMPRESSED) };
    to_hex(&to)
}

fn sign(ctx: *mut c_void, key: &[u8; 32], text: &[u8]) -> String {
    let digest: [u8; 32] = Sha256::digest(text).into();
    let (mut sig, mut to, mut len) = ([0u8; 64], [0u8; 72], 72);
    unsafe {
        secp256k1_ecdsa_sign(ctx, sig.as_mut_ptr(), digest.as_ptr(), key.as_ptr(), ptr::null(), ptr::null());
        secp256k1_ecdsa_signature_serialize_der(ctx, to.as_mut_ptr(), &mut len, sig.as_ptr());
    }
    to_hex(&to[..len])
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(hex: &str) -> [u8; 32] {
    std::array::from_fn(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).expect("64 hex"))
}

fn main() {
    let args: Vec<_> = env::args_os().skip(1).collect();
    let ctx = unsafe { secp256k1_context_create(CONTEXT_SIGN) };
    if args.len() == 3 && args[0] == "sign" {
        let key = from_hex(args[1].to_str().expect("64 hex"));
        println!(r#"{{"publicKey":"{}","signature":"{}"}}"#, public_key(ctx, &key), sign(ctx, &key, args[2].as_bytes()));
    } else if args.len() == 1 && args[0] == "keygen" {
        let mut key = [0u8; 32];
        File::open("/dev/urandom").unwrap().read_exact(&mut key).unwrap();
        println!(r#"{{"privateKey":"{}","publicKey":"{}"}}"#, to_hex(&key), public_key(ctx, &key));
    } else {
        eprintln!("usage: sign sign <private key, 64 hex> <text> | sign keygen");
        exit(2);
    }
}
