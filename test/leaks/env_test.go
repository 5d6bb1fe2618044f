package leaks_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
	"github.com/cdc/terraform-provider-debezium/tools/demo/workspace"
)

// leaks runs Terraform with the provider's binary against a worker, and
// searches what comes out.
type leaks struct {
	t         *testing.T
	worker    *connecttest.Server
	space     *workspace.Workspace
	dir       string
	keyPEM    string // of the client
	clientKey marked // the part of it that is searched for
	output    string // of the last command
	searched  int64  // how much of the log has been searched

	mu      sync.Mutex
	headers map[string]bool // that the worker has seen
}

// How the provider signs in.
const (
	byPassword = "username = \"terraform\"\n  password = var.login\n  headers  = { \"X-Api-Key\" = var.header }"
	byToken    = "bearer_token = var.bearer"
)

func newLeaks(t *testing.T, signIn string) *leaks {
	t.Helper()
	l := &leaks{t: t, dir: t.TempDir(), headers: map[string]bool{}}
	l.worker = connecttest.New(t, connecttest.Plugins(append(connecttest.DefaultPlugins(),
		&connecttest.Plugin{Class: ownClass, Type: "sink", Version: "1"})...))
	l.worker.SetFile("/secrets", map[string]string{"password": inFile.value})
	secure := httptest.NewUnstartedServer(http.HandlerFunc(l.serve))
	secure.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert, MinVersion: tls.VersionTLS12}
	secure.StartTLS()
	t.Cleanup(secure.Close)

	l.environment()
	l.space = acctest.NewWorkspace(t, l.dir, acctest.ProviderBinary(t))
	l.write("provider.tf", fmt.Sprintf(providerFile, secure.URL, signIn))
	l.write("authority.pem", inPEM("CERTIFICATE", secure.Certificate().Raw))
	return l
}

const providerFile = `
terraform {
  required_providers {
    debezium = { source = "cdc/debezium" }
  }
}

provider "debezium" {
  url = %q
  %s
  tls = {
    ca_cert_pem     = file("authority.pem")
    client_cert_pem = file("certificate.pem")
    client_key_pem  = var.client_key
  }
}

variable "typed" { sensitive = true }
variable "configured" { sensitive = true }
variable "ordinary" { sensitive = true }
variable "in_url" { sensitive = true }
variable "in_jaas" { sensitive = true }
variable "write_only" { ephemeral = true }
variable "config_wo" { ephemeral = true }
variable "newcomer" { ephemeral = true }
variable "login" { ephemeral = true }
variable "bearer" { ephemeral = true }
variable "header" { ephemeral = true }
variable "client_key" { ephemeral = true }
`

// environment gives the secrets to Terraform, and has it log all it can. The
// credentials are ephemeral: plans hold the values of other variables.
func (l *leaks) environment() {
	certificate, key := selfSigned(l.t)
	l.write("certificate.pem", certificate)
	// This part of the key is in no certificate.
	l.keyPEM = key
	l.clientKey = marked{name: "client key", value: strings.Split(key, "\n")[2][:24]}
	for name, value := range map[string]string{
		"typed": typed.value, "configured": configured.value, "ordinary": ordinary.value,
		"in_url": inURL.value, "in_jaas": inJAAS.value, "write_only": writeOnly.value,
		"config_wo": configWO.value, "newcomer": newcomer.value, "login": login.value,
		"bearer": bearer.value, "header": header.value, "client_key": key,
	} {
		l.t.Setenv("TF_VAR_"+name, value)
	}
	l.t.Setenv("TF_LOG", "TRACE")
	l.t.Setenv("TF_LOG_PATH", filepath.Join(l.dir, logFile))
}

const logFile = "terraform.log"

func selfSigned(t *testing.T) (certificate, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour)}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return inPEM("CERTIFICATE", signed), inPEM("PRIVATE KEY", der)
}

func inPEM(blockType string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: blockType, Bytes: der}))
}

// serve notes what the provider signs in with.
func (l *leaks) serve(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	if _, password, basic := r.BasicAuth(); basic {
		l.headers[password] = true
	}
	l.headers[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")] = true
	l.headers[r.Header.Get("X-Api-Key")] = true
	l.mu.Unlock()
	l.worker.ServeHTTP(w, r)
}

// wantSignedIn wants credentials to have been in use.
func (l *leaks) wantSignedIn(credentials ...marked) {
	l.t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, m := range credentials {
		if !l.headers[m.value] {
			l.t.Errorf("the secret %s never reached the worker", m.name)
		}
	}
}

func (l *leaks) write(name, text string) {
	l.t.Helper()
	if err := os.WriteFile(filepath.Join(l.dir, name), []byte(text), 0o600); err != nil {
		l.t.Fatal(err)
	}
}

func (l *leaks) configure(text string) { l.write("main.tf", text) }

// run runs a command of Terraform's, which must succeed.
func (l *leaks) run(args ...string) {
	l.t.Helper()
	if err := l.try(args...); err != nil {
		l.t.Fatalf("terraform %s: %s\n%s", strings.Join(args, " "), err, l.output)
	}
}

// fails runs a command that must end with an error which says something.
func (l *leaks) fails(text string, args ...string) {
	l.t.Helper()
	err := l.try(args...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		l.t.Fatalf("terraform %s: want an error, got %v\n%s", strings.Join(args, " "), err, l.output)
	}
	l.wantOutput(text)
}

func (l *leaks) wantOutput(text string) {
	l.t.Helper()
	if !strings.Contains(strings.Join(strings.Fields(l.output), " "), text) {
		l.t.Errorf("it doesn't say %q:\n%s", text, l.output)
	}
}

func (l *leaks) try(args ...string) error {
	l.t.Helper()
	var out bytes.Buffer
	err := l.space.Run(l.t.Context(), &out, append(args, "-no-color")...)
	l.output = strings.NewReplacer("│", " ", "╷", " ", "╵", " ").Replace(out.String())
	l.search("the output of "+args[0], l.output, nothingStored)
	l.searchFiles()
	return err
}

// planned writes a plan, searches it, and applies it if it is to be.
func (l *leaks) planned(apply bool) {
	l.t.Helper()
	l.run("plan", "-out=tfplan")
	planOutput := l.output
	text, err := l.space.Output(l.t.Context(), "show", "-json", "tfplan")
	if err != nil {
		l.t.Fatal(err)
	}
	l.searchPlan(text)
	if apply {
		l.run("apply", "tfplan")
	}
	l.output = planOutput + l.output
}

// readAll is what a reader holds.
func readAll(t *testing.T, r io.Reader) string {
	t.Helper()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
