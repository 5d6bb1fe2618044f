package database

import (
	"bytes"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"

	"github.com/pavlo-v-chernykh/keystore-go/v4"
	"software.sslmate.com/src/go-pkcs12"
)

// jks is the magic number of Java's own key store format; others are PKCS #12.
var jks = []byte{0xFE, 0xED, 0xFE, 0xED}

// trusted returns the certificates in a trust store.
func trusted(store []byte, password string) ([]*x509.Certificate, error) {
	if !bytes.HasPrefix(store, jks) {
		if certificates, err := pkcs12.DecodeTrustStore(store, password); err == nil {
			return certificates, nil
		}
		return nil, errStore
	}
	ks, err := openJKS(store, password)
	if err != nil {
		return nil, err
	}
	var certificates []*x509.Certificate
	for _, alias := range ks.Aliases() {
		entry, err := ks.GetTrustedCertificateEntry(alias)
		if err != nil {
			continue // a private key
		}
		certificate, err := x509.ParseCertificate(entry.Certificate.Content)
		if err != nil {
			return nil, errStore
		}
		certificates = append(certificates, certificate)
	}
	return certificates, nil
}

// private returns the first key in a key store, with its certificates.
func private(store []byte, password string) (tls.Certificate, error) {
	if !bytes.HasPrefix(store, jks) {
		key, certificate, chain, err := pkcs12.DecodeChain(store, password)
		if err != nil {
			return tls.Certificate{}, errStore
		}
		pair := tls.Certificate{PrivateKey: key, Certificate: [][]byte{certificate.Raw}}
		for _, c := range chain {
			pair.Certificate = append(pair.Certificate, c.Raw)
		}
		return pair, nil
	}
	ks, err := openJKS(store, password)
	if err != nil {
		return tls.Certificate{}, err
	}
	for _, alias := range ks.Aliases() {
		entry, err := ks.GetPrivateKeyEntry(alias, []byte(password))
		if err != nil {
			continue // a trusted certificate
		}
		key, err := x509.ParsePKCS8PrivateKey(entry.PrivateKey)
		if err != nil {
			return tls.Certificate{}, errStore
		}
		pair := tls.Certificate{PrivateKey: key}
		for _, c := range entry.CertificateChain {
			pair.Certificate = append(pair.Certificate, c.Content)
		}
		return pair, nil
	}
	return tls.Certificate{}, errors.New("it contains no private key")
}

// errStore is the only error for a store that can't be opened: what the
// libraries report could be about its password.
var errStore = errors.New("it is neither a JKS nor a PKCS #12 store, or its password is wrong")

func openJKS(store []byte, password string) (keystore.KeyStore, error) {
	ks := keystore.New()
	if err := ks.Load(bytes.NewReader(store), []byte(password)); err != nil {
		return ks, errStore
	}
	return ks, nil
}

// keyPair parses a PEM certificate and its key in one of the formats that
// PostgreSQL's driver accepts: PKCS #8, in DER or PEM, or PKCS #12.
func keyPair(certificate, key []byte, password string) (tls.Certificate, error) {
	if block, _ := pem.Decode(key); block != nil {
		pair, err := tls.X509KeyPair(certificate, key)
		if err != nil {
			return pair, errors.New("it isn't the unencrypted key of database.sslcert")
		}
		return pair, nil
	}
	parsed, err := x509.ParsePKCS8PrivateKey(key)
	if err != nil {
		return private(key, password)
	}
	signer, ok := parsed.(crypto.Signer)
	block, _ := pem.Decode(certificate)
	if !ok || block == nil {
		return tls.Certificate{}, errors.New("it isn't the key of database.sslcert")
	}
	return tls.Certificate{PrivateKey: signer, Certificate: [][]byte{block.Bytes}}, nil
}
