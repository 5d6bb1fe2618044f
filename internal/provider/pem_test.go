package provider_test

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"path/filepath"
	"strings"
	"testing"
)

// pemBlock is a block of any type; what is in it means nothing.
func pemBlock(typ string, headers map[string]string) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: typ, Headers: headers, Bytes: []byte("0123456789")}))
}

func TestWrongCertificatesAndKeys(t *testing.T) {
	ca := issue(t, nil, "Our CA", authority)
	client, other := issue(t, ca, "terraform"), issue(t, ca, "other")
	der, err := x509.MarshalPKCS8PrivateKey(client.key)
	if err != nil {
		t.Fatal(err)
	}
	exchange, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert, key := client.certPEM(), client.keyPEM()
	inBase64 := base64.StdEncoding.EncodeToString
	const trust, own, secret = "tls.ca_cert_pem", "tls.client_cert_pem", "tls.client_key_pem"
	for _, test := range []struct {
		name     string
		tls      block
		at, want string
	}{
		{"an empty authority", block{"ca_cert_pem": " \n"}, trust, "is empty"},
		{"a file's name", block{"ca_cert_pem": "/etc/ssl/our ca.pem"}, trust, `write file("…") around it`},
		{"a file's name in the module", block{"ca_cert_pem": "./ca.crt"}, trust, `write file("…") around it`},
		{"any text", block{"ca_cert_pem": "our CA"}, trust, "is not PEM text"},
		{"DER", block{"ca_cert_pem": "0\x82\x01\x02"}, trust, "is DER"},
		{"DER in base64", block{"ca_cert_pem": "MII" + inBase64(ca.certificate.Raw)}, trust, "base64-encoded DER"},
		{"PEM in base64", block{"ca_cert_pem": inBase64([]byte(ca.certPEM()))}, trust, "base64-encoded PEM"},
		{"line breaks as two characters", block{"ca_cert_pem": strings.ReplaceAll(ca.certPEM(), "\n", `\n`)}, trust, `the two characters \n`},
		{"half of it", block{"ca_cert_pem": ca.certPEM()[:200]}, trust, "cut off"},
		{"one and a half", block{"ca_cert_pem": ca.certPEM() + ca.certPEM()[:200]}, trust, "damaged after block 1"},
		{"a key as authority", block{"ca_cert_pem": key}, trust, "contains a private key"},
		{"a request as authority", block{"ca_cert_pem": pemBlock("CERTIFICATE REQUEST", nil)}, trust, `"CERTIFICATE REQUEST"`},
		{"no certificate in it", block{"ca_cert_pem": ca.certPEM() + pemBlock("CERTIFICATE", nil)}, trust, "can't be read (number 2)"},
		{"an expired authority", block{"ca_cert_pem": issue(t, nil, "Old CA", authority, expired).certPEM()}, trust, `"CN=Old CA") that expired on Wed, 03 Feb 2021 04:05:06 UTC`},
		{"a future authority", block{"ca_cert_pem": issue(t, nil, "New CA", authority, notYetValid).certPEM()}, trust, `"CN=New CA") that is not valid before Mon, 01 Jan 2120`},

		{"no key", block{"client_cert_pem": cert}, own, "needs its private key"},
		{"no certificate", block{"client_key_pem": key}, secret, "needs its certificate"},
		{"certificate and key in one", block{"client_cert_pem": cert + key, "client_key_pem": key}, own, "contains a private key"},
		{"an expired certificate", block{"client_cert_pem": issue(t, ca, "terraform", expired).certPEM(), "client_key_pem": key}, own, "expired on Wed, 03 Feb 2021"},
		{"swapped", block{"client_cert_pem": key, "client_key_pem": cert}, own, "contains a private key"},

		{"a certificate as key", block{"client_cert_pem": cert, "client_key_pem": cert}, secret, `contains no private key: its first block is of type "CERTIFICATE"`},
		{"an empty key", block{"client_cert_pem": cert, "client_key_pem": ""}, secret, "is empty"},
		{"a DER key", block{"client_cert_pem": cert, "client_key_pem": inBase64(der)}, secret, "is not PEM text"},
		{"a file's name as key", block{"client_cert_pem": cert, "client_key_pem": "client.key"}, secret, `write file("…") around it`},
		{"an encrypted key", block{"client_cert_pem": cert, "client_key_pem": pemBlock("ENCRYPTED PRIVATE KEY", nil)}, secret, "encrypted with a passphrase"},
		{"a key encrypted the old way", block{"client_cert_pem": cert, "client_key_pem": pemBlock("RSA PRIVATE KEY", map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-256-CBC,00"})}, secret, "encrypted with a passphrase"},
		{"a key of OpenSSH", block{"client_cert_pem": cert, "client_key_pem": pemBlock("OPENSSH PRIVATE KEY", nil)}, secret, "OpenSSH format"},
		{"a damaged key", block{"client_cert_pem": cert, "client_key_pem": pemBlock("PRIVATE KEY", nil)}, secret, "is damaged"},
		{"a key for key exchange", block{"client_cert_pem": cert, "client_key_pem": keyPEM(exchange)}, secret, "of an unsupported type"},
		{"another's key", block{"client_cert_pem": cert, "client_key_pem": other.keyPEM()}, secret, `is not the key of the first certificate in client_cert_pem (subject "CN=terraform", issuer "CN=Our CA")`},
		{"the authority first", block{"client_cert_pem": ca.certPEM() + cert, "client_key_pem": key}, secret, `subject "CN=Our CA"`},
		{"a key of another kind", block{"client_cert_pem": cert, "client_key_pem": keyPEM(ed25519.NewKeyFromSeed(make([]byte, 32)))}, secret, "is not the key"},
	} {
		t.Run(test.name, func(t *testing.T) {
			withoutEnvironment(t)
			diags := list(t.Context(), t, block{"url": "https://127.0.0.1:1", "tls": test.tls})
			checkError(t, diags, test.at, test.want)
			checkNoKey(t, diags.String(), test.tls["client_key_pem"], test.tls["ca_cert_pem"], test.tls["client_cert_pem"])
		})
	}
}

// checkNoKey checks that no line of the texts, but for markers, is shown.
func checkNoKey(t *testing.T, diags string, texts ...any) {
	t.Helper()
	for _, text := range texts {
		content, _ := text.(string)
		for line := range strings.Lines(content) {
			line = strings.TrimSpace(line)
			if len(line) > 10 && !strings.HasPrefix(line, "-----") && strings.Contains(diags, line[:10]) {
				t.Errorf("%q is shown in %s", line, diags)
			}
		}
	}
}

// Keys come in several formats, and after other blocks.
func TestKeyFormats(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	ca := issue(t, nil, "Our CA", authority)
	client := issue(t, ca, "terraform")
	sec1, err := x509.MarshalECPrivateKey(client.key)
	if err != nil {
		t.Fatal(err)
	}
	template := *client.certificate
	ofRSA, err := x509.CreateCertificate(rand.Reader, &template, ca.certificate, rsaKey.Public(), ca.key)
	if err != nil {
		t.Fatal(err)
	}
	encoded := func(typ string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: typ, Bytes: der}))
	}
	for name, pair := range map[string][2]string{
		"SEC 1 after its parameters": {client.certPEM(), pemBlock("EC PARAMETERS", nil) + encoded("EC PRIVATE KEY", sec1)},
		"PKCS #1":                    {encoded("CERTIFICATE", ofRSA), encoded("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaKey))},
		"PKCS #8 after a text":       {"subject=terraform\n" + encoded("CERTIFICATE", ofRSA), "key:\r\n" + keyPEM(rsaKey)},
		"a key and its certificate":  {client.certPEM(), client.certPEM() + client.keyPEM()},
	} {
		t.Run(name, func(t *testing.T) {
			withoutEnvironment(t)
			diags := list(t.Context(), t, block{
				"url": "https://127.0.0.1:1",
				"tls": block{"client_cert_pem": pair[0], "client_key_pem": pair[1]},
			})
			// Only the data source fails: nothing listens there.
			if len(diags) != 1 || !strings.Contains(diags[0].Detail, "refused") {
				t.Errorf("got %s", diags)
			}
		})
	}
}

func TestUnreadableFiles(t *testing.T) {
	for name, at := range map[string]string{
		"DEBEZIUM_CONNECT_CA_CERT_FILE":     "tls.ca_cert_pem",
		"DEBEZIUM_CONNECT_CLIENT_CERT_FILE": "tls.client_cert_pem",
		"DEBEZIUM_CONNECT_CLIENT_KEY_FILE":  "tls.client_key_pem",
	} {
		t.Run(name, func(t *testing.T) {
			withoutEnvironment(t)
			file := filepath.Join(t.TempDir(), "missing.pem")
			t.Setenv(name, file)
			checkError(t, list(t.Context(), t, block{"url": "https://127.0.0.1:1"}), at, file)
		})
	}
}
