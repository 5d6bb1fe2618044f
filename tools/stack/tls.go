//go:build unix

package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

const (
	// storePassword protects the key stores: Java opens none without one.
	storePassword = "stores-Secret-1"
	// validDays is how long the certificates are valid.
	validDays = 3650
)

// certificates holds the paths of the files with which the workers serve HTTPS.
// The stores are PKCS #12, since the REST server can't read PEM (it leaves the
// files to Jetty).
type certificates struct {
	client     stackfile.TLS
	keyStore   string // the workers' key and certificate
	trustStore string // the client's certificate
}

func certificatesIn(dir string) certificates {
	dir = filepath.Join(dir, "tls")
	return certificates{
		client: stackfile.TLS{
			CAFile:   filepath.Join(dir, "ca.pem"),
			CertFile: filepath.Join(dir, "client.pem"),
			KeyFile:  filepath.Join(dir, "client-key.pem"),
		},
		keyStore:   filepath.Join(dir, "workers.p12"),
		trustStore: filepath.Join(dir, "clients.p12"),
	}
}

// create creates all files, unless an earlier start has done so.
func (c certificates) create(ctx context.Context) error {
	dir := filepath.Dir(c.trustStore)
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// An interrupted start leaves nothing that looks complete.
	scratch, err := os.MkdirTemp(filepath.Dir(dir), "tls-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	if err := newClientCertificate(filepath.Join(scratch, "client.pem"), filepath.Join(scratch, "client-key.pem")); err != nil {
		return err
	}
	for _, args := range [][]string{
		{
			"-genkeypair", "-alias", "worker", "-keystore", "workers.p12", "-keyalg", "EC", "-groupname", "secp256r1",
			"-dname", "CN=Kafka Connect worker", "-ext", "san=ip:" + host + ",dns:localhost", "-validity", fmt.Sprint(validDays),
		},
		{"-exportcert", "-alias", "worker", "-keystore", "workers.p12", "-rfc", "-file", "ca.pem"},
		{"-importcert", "-alias", "client", "-keystore", "clients.p12", "-file", "client.pem", "-noprompt"},
	} {
		keytool := exec.CommandContext(ctx, "keytool", append(args, "-storetype", "PKCS12", "-storepass", storePassword)...)
		keytool.Dir = scratch
		if err := run(keytool); err != nil {
			return err
		}
	}
	return os.Rename(scratch, dir)
}

// newClientCertificate writes a key and its self-signed certificate as PEM.
func newClientCertificate(certFile, keyFile string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "stack client"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().AddDate(0, 0, validDays),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}), 0o644),
		os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600),
	)
}

// secureListener returns a worker's settings for HTTPS with a client
// certificate. The workers talk to each other through the other listener.
func secureListener(c certificates) string {
	return fmt.Sprintf(`rest.advertised.listener=http
listeners.https.ssl.client.auth=required
listeners.https.ssl.keystore.type=PKCS12
listeners.https.ssl.keystore.location=%s
listeners.https.ssl.keystore.password=%[3]s
listeners.https.ssl.key.password=%[3]s
listeners.https.ssl.truststore.type=PKCS12
listeners.https.ssl.truststore.location=%[2]s
listeners.https.ssl.truststore.password=%[3]s
`, c.keyStore, c.trustStore, storePassword)
}
