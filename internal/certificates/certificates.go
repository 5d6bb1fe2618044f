// Package certificates parses certificates and keys from PEM text, and explains
// what is wrong with invalid text.
package certificates

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// The errors here continue the name of the setting ("tls.ca_cert_pem is
// empty"), and never repeat its value, which may be a key.

const certificateType = "CERTIFICATE"

// Pool parses CA certificates.
func Pool(text string) (*x509.CertPool, error) {
	certificates, err := parseCertificates(text)
	if err != nil {
		return nil, err
	}
	// One valid certificate is enough: bundles keep expired ones for years.
	for _, certificate := range certificates {
		if err = checkValidity(certificate, time.Now()); err == nil {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	for _, certificate := range certificates {
		pool.AddCert(certificate)
	}
	return pool, nil
}

// Pair parses a certificate, followed by any intermediates, and its private
// key. The errors are about the chain and the key, respectively.
func Pair(chain, key string) (pair *tls.Certificate, ofChain, ofKey error) {
	certificates, err := parseCertificates(chain)
	if err == nil {
		err = checkValidity(certificates[0], time.Now())
	}
	if err != nil {
		return nil, err, nil
	}
	read, err := parseKeyPair(certificates[0], chain, key)
	if err != nil {
		return nil, nil, err
	}
	return &read, nil, nil
}

// parseCertificates parses PEM text that holds only certificates, and at least
// one.
func parseCertificates(text string) ([]*x509.Certificate, error) {
	blocks, err := pemBlocks(text)
	if err != nil {
		return nil, err
	}
	certificates := make([]*x509.Certificate, len(blocks))
	for i, block := range blocks {
		switch {
		case strings.HasSuffix(block.Type, "PRIVATE KEY"):
			return nil, errors.New("contains a private key: only certificates belong there; keys belong in client_key_pem, which Terraform hides")
		case block.Type != certificateType:
			return nil, fmt.Errorf("contains a block of type %q, but only certificates are allowed", block.Type)
		}
		certificates[i], err = x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("contains a certificate that can't be read (number %d): %w", i+1, err)
		}
	}
	return certificates, nil
}

// checkValidity returns an error if a certificate isn't valid at now.
func checkValidity(c *x509.Certificate, now time.Time) error {
	switch {
	case now.After(c.NotAfter):
		return fmt.Errorf("contains a certificate (subject %q) that expired on %s", c.Subject, c.NotAfter.UTC().Format(time.RFC1123))
	case now.Before(c.NotBefore):
		return fmt.Errorf("contains a certificate (subject %q) that is not valid before %s", c.Subject, c.NotBefore.UTC().Format(time.RFC1123))
	}
	return nil
}

// parseKeyPair parses the private key of a chain's first certificate. The error
// is about the key.
func parseKeyPair(leaf *x509.Certificate, chain, key string) (tls.Certificate, error) {
	blocks, err := pemBlocks(key)
	if err == nil {
		err = checkKeyBlocks(blocks)
	}
	if err != nil {
		return tls.Certificate{}, err
	}
	pair, err := tls.X509KeyPair([]byte(chain), []byte(key))
	switch {
	case err == nil:
		return pair, nil
	case strings.Contains(err.Error(), "does not match"):
		return pair, fmt.Errorf("is not the key of the first certificate in client_cert_pem (subject %q, issuer %q): "+
			"use the key that belongs to this certificate; intermediate certificates come after it", leaf.Subject, leaf.Issuer)
	}
	return pair, errors.New("is damaged or of an unsupported type: RSA, ECDSA and Ed25519 keys in PKCS #1, PKCS #8 or SEC 1 are supported")
}

// checkKeyBlocks returns an error unless a block is a readable private key.
func checkKeyBlocks(blocks []*pem.Block) error {
	for _, block := range blocks {
		if !strings.HasSuffix(block.Type, "PRIVATE KEY") {
			continue
		}
		switch {
		case block.Type == "ENCRYPTED PRIVATE KEY" || strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED"):
			return errors.New("is encrypted with a passphrase: decrypt it first (openssl pkey -in FILE)")
		case block.Type == "OPENSSH PRIVATE KEY":
			return errors.New("is in OpenSSH format: convert it first (ssh-keygen -p -m PKCS8 -f FILE)")
		}
		return nil
	}
	return fmt.Errorf("contains no private key: its first block is of type %q", blocks[0].Type)
}

// pemBlocks decodes all blocks of PEM text; there is at least one.
func pemBlocks(text string) ([]*pem.Block, error) {
	var blocks []*pem.Block
	rest := []byte(text)
	for {
		var block *pem.Block
		block, rest = pem.Decode(rest)
		if block == nil {
			break
		}
		blocks = append(blocks, block)
	}
	switch {
	case len(blocks) == 0:
		return nil, notPEM(text)
	case strings.Contains(string(rest), "-----BEGIN"):
		return nil, fmt.Errorf("is cut off or damaged after block %d", len(blocks))
	}
	return blocks, nil
}

// fileName matches text that looks like a file name instead of PEM.
var fileName = regexp.MustCompile(`^(?:[./~]|[A-Za-z]:\\)?[\w./\\~ -]*\.(?:pem|crt|cer|key|der|p12|pfx|jks)$`)

// notPEM explains what text without a PEM block is.
func notPEM(text string) error {
	trimmed := strings.TrimSpace(text)
	const usual = "is not PEM text (a block from -----BEGIN to -----END)"
	switch {
	case trimmed == "":
		return errors.New("is empty")
	case fileName.MatchString(trimmed):
		return errors.New(`is the name of a file: write file("…") around it`)
	case strings.Contains(trimmed, "-----BEGIN") && strings.Contains(trimmed, `\n`):
		return errors.New(usual + `: its line breaks are the two characters \n; replace them (replace(…, "\\n", "\n"))`)
	case strings.Contains(trimmed, "-----BEGIN"):
		return errors.New("is cut off or damaged PEM text")
	case strings.HasPrefix(trimmed, "LS0tLS1CRUdJTi"):
		return errors.New(usual + ": it is base64-encoded PEM text; decode it (base64decode(…))")
	case strings.HasPrefix(trimmed, "MII"):
		return errors.New(usual + ": it is base64 without the BEGIN and END lines, or base64-encoded DER")
	case strings.HasPrefix(text, "\x30") && !utf8.ValidString(text) || strings.HasPrefix(text, "\x30\x82"):
		return errors.New(usual + ": it is DER, the binary form; convert it (openssl x509 -inform der, or openssl pkey -inform der)")
	}
	return errors.New(usual)
}
