// Signs with Bouncy Castle: Sign.java sign <private key, 64 hex> <text>, or Sign.java keygen.
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.*;
import java.util.HexFormat;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.interfaces.ECPrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.*;

public class Sign {
    static final HexFormat HEX = HexFormat.of();
    static final Provider BC = new BouncyCastleProvider();
    static final ECNamedCurveParameterSpec CURVE = ECNamedCurveTable.getParameterSpec("secp256k1");

    public static void main(String[] args) throws GeneralSecurityException {
        if (args.length == 3 && args[0].equals("sign")) {
            var d = new BigInteger(1, HEX.parseHex(args[1]));
            var key = KeyFactory.getInstance("EC", BC).generatePrivate(new ECPrivateKeySpec(d, CURVE));
            var signer = Signature.getInstance("SHA256withECDSA", BC);
            signer.initSign(key);
            signer.update(args[2].getBytes(StandardCharsets.UTF_8));
            print("publicKey", publicKeyOf(d), "signature", HEX.formatHex(signer.sign()));
        } else if (args.length == 1 && args[0].equals("keygen")) {
            var generator = KeyPairGenerator.getInstance("EC", BC);
            generator.initialize(CURVE);
            var d = ((ECPrivateKey) generator.generateKeyPair().getPrivate()).getD();
            print("privateKey", "%064x".formatted(d), "publicKey", publicKeyOf(d));
        } else {
            System.err.println("usage: Sign.java sign <private key, 64 hex> <text> | Sign.java keygen");
            System.exit(2);
        }
    }

    static String publicKeyOf(BigInteger d) {
        return HEX.formatHex(CURVE.getG().multiply(d).getEncoded(false));
    }

    static void print(String name1, String value1, String name2, String value2) {
        System.out.printf("{\"%s\":\"%s\",\"%s\":\"%s\"}%n", name1, value1, name2, value2);
    }
}
