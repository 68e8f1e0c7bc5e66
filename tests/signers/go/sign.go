// Signs with btcec: sign sign <private key, 64 hex> <text>, or sign keygen.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"github.com/btcsuite/btcd/btcec"
)

type signed struct {
	PublicKey string `json:"publicKey"`
	Signature string `json:"signature"`
}

type keyPair struct {
	PrivateKey string `json:"privateKey"`
	PublicKey  string `json:"publicKey"`
}

func main() {
	switch {
	case len(os.Args) == 4 && os.Args[1] == "sign":
		raw, err := hex.DecodeString(os.Args[2])
		check(err)
		key, public := btcec.PrivKeyFromBytes(btcec.S256(), raw)
		digest := sha256.Sum256([]byte(os.Args[3]))
		signature, err := key.Sign(digest[:])
		check(err)
		print(signed{hex.EncodeToString(public.SerializeUncompressed()), hex.EncodeToString(signature.Serialize())})
	case len(os.Args) == 2 && os.Args[1] == "keygen":
		key, err := btcec.NewPrivateKey(btcec.S256())
		check(err)
		print(keyPair{hex.EncodeToString(key.Serialize()), hex.EncodeToString(key.PubKey().SerializeUncompressed())})
	default:
		fmt.Fprintln(os.Stderr, "usage: sign sign <private key, 64 hex> <text> | sign keygen")
		os.Exit(2)
	}
}

func print(answer interface{}) {
	check(json.NewEncoder(os.Stdout).Encode(answer))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
