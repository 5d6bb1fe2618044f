package database

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/pavlo-v-chernykh/keystore-go/v4"
	"software.sslmate.com/src/go-pkcs12"
)

const storeSecret = "store-s3cret"

func certificate(t *testing.T) (*ecdsa.PrivateKey, *x509.Certificate, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return key, parsed, private
}

// jksStore is a store in Java's own format with a key and a trusted certificate.
func jksStore(t *testing.T, c *x509.Certificate, private []byte) []byte {
	t.Helper()
	ks, chain := keystore.New(), []keystore.Certificate{{Type: "X509", Content: c.Raw}}
	if err := ks.SetPrivateKeyEntry("key", keystore.PrivateKeyEntry{PrivateKey: private, CertificateChain: chain}, []byte(storeSecret)); err != nil {
		t.Fatal(err)
	}
	if err := ks.SetTrustedCertificateEntry("ca", keystore.TrustedCertificateEntry{Certificate: chain[0]}); err != nil {
		t.Fatal(err)
	}
	var store bytes.Buffer
	if err := ks.Store(&store, []byte(storeSecret)); err != nil {
		t.Fatal(err)
	}
	return store.Bytes()
}

func TestStores(t *testing.T) {
	key, c, der := certificate(t)
	trust, err := pkcs12.Modern.EncodeTrustStore([]*x509.Certificate{c}, storeSecret)
	if err != nil {
		t.Fatal(err)
	}
	p12, err := pkcs12.Modern.Encode(key, c, nil, storeSecret)
	if err != nil {
		t.Fatal(err)
	}
	java := jksStore(t, c, der)
	for name, store := range map[string][]byte{"PKCS #12": trust, "JKS": java} {
		if got, err := trusted(store, storeSecret); err != nil || len(got) != 1 || !got[0].Equal(c) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
		if _, err := trusted(store, "wr0ng"); err == nil || strings.Contains(err.Error(), "wr0ng") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, store := range map[string][]byte{"PKCS #12": p12, "JKS": java} {
		if got, err := private(store, storeSecret); err != nil || !bytes.Equal(got.Certificate[0], c.Raw) {
			t.Errorf("%s: %v", name, err)
		}
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
	for name, key := range map[string][]byte{
		"PKCS #8 in DER": der, "PKCS #8 in PEM": pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), "PKCS #12": p12,
	} {
		if got, err := keyPair(text, key, storeSecret); err != nil || !bytes.Equal(got.Certificate[0], c.Raw) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := keyPair(text, []byte("nothing"), storeSecret); err == nil {
		t.Error("nothing is a key")
	}
}
