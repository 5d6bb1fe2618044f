// Package stackfile describes a stack of real services started by tools/stack,
// so that tests can find its ports, logins and processes.
package stackfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
)

// FileName is the name of the description in a stack's directory.
const FileName = "stack.json"

// Stack is what is running, or was when the file was last written: see each
// process's Running.
type Stack struct {
	// Small is a stack with one worker, and without MariaDB and the registry.
	Small   bool     `json:"small,omitempty"`
	Dir     string   `json:"dir"`
	LogDir  string   `json:"log_dir"` // contains NAME.log for each process
	Kafka   Kafka    `json:"kafka"`
	Connect []Worker `json:"connect"` // two workers of one group
	// Old are workers of older releases, each its own cluster on the same
	// broker; none unless requested.
	Old      []OldWorker `json:"old,omitempty"`
	TLS      TLS         `json:"tls"`
	Postgres Database    `json:"postgres"`
	MySQL    Database    `json:"mysql"`
	MariaDB  Database    `json:"mariadb,omitzero"`
	Registry Registry    `json:"registry,omitzero"`
}

// Kafka is the single broker, which is its own controller.
type Kafka struct {
	Process
	Host           string `json:"host"`
	Port           int    `json:"port"`
	ControllerPort int    `json:"controller_port"`
}

// BootstrapServers returns the broker's address in clients' format.
func (k Kafka) BootstrapServers() string { return net.JoinHostPort(k.Host, strconv.Itoa(k.Port)) }

// Worker is a Kafka Connect worker.
type Worker struct {
	Process
	Host       string `json:"host"`
	Port       int    `json:"port"`        // HTTP
	SecurePort int    `json:"secure_port"` // HTTPS; 0 for a worker started without it
}

// OldWorker is a worker of an older release, with the Debezium of its time.
type OldWorker struct {
	Worker
	Kafka    string `json:"kafka"`
	Debezium string `json:"debezium"`
}

// URL returns the worker's REST URL.
func (w Worker) URL() string {
	return "http://" + net.JoinHostPort(w.Host, strconv.Itoa(w.Port))
}

// SecureURL returns the worker's REST URL for clients with the certificate of
// the stack's TLS.
func (w Worker) SecureURL() string {
	return "https://" + net.JoinHostPort(w.Host, strconv.Itoa(w.SecurePort))
}

// TLS names the PEM files that a client of the workers' SecureURL needs: the CA
// of the workers' certificate, and a client certificate.
type TLS struct {
	CAFile   string `json:"ca_file"`
	CertFile string `json:"cert_file"`
	KeyFile  string `json:"key_file"`
}

// Database is a database server with an administrator, and a user for
// connectors that owns or may read Name.
type Database struct {
	Process
	Host          string `json:"host"`
	Port          int    `json:"port"`
	Name          string `json:"name"`
	AdminUser     string `json:"admin_user"`
	AdminPassword string `json:"admin_password"`
	User          string `json:"user"`
	Password      string `json:"password"`
}

// Registry is a schema registry, for converters that write Avro.
type Registry struct {
	Process
	Host string `json:"host"`
	Port int    `json:"port"`
}

// URL returns the root of the registry's own REST API.
func (r Registry) URL() string {
	return "http://" + net.JoinHostPort(r.Host, strconv.Itoa(r.Port)) + "/apis/registry/v2"
}

// Load reads the description in a stack's directory. The error wraps
// fs.ErrNotExist if no stack was ever started.
func Load(dir string) (*Stack, error) {
	data, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		return nil, fmt.Errorf("no stack in %s (start one with \"go run ./tools/stack up\"): %w", dir, err)
	}
	var s Stack
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, FileName), err)
	}
	return &s, nil
}

// Save writes the description to the stack's directory. A reader sees either
// the old one or the new one, never a partial one.
func (s *Stack) Save() error {
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	path := filepath.Join(s.Dir, FileName)
	// The file contains passwords.
	if err := os.WriteFile(path+".new", append(data, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// DefaultDir returns .stack under the root of the working directory's
// repository: the nearest ancestor with a .git entry.
func DefaultDir() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		_, err := os.Stat(filepath.Join(dir, ".git"))
		if err == nil {
			return filepath.Join(dir, ".stack"), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("not inside the repository: name the stack's directory with -dir")
		}
		dir = parent
	}
}
