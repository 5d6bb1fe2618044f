package database

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"slices"
)

// tlsSettings are whether and how a connection is encrypted, in terms of the
// drivers that Debezium uses.
type tlsSettings struct {
	property   string      // sets the mode
	encrypting string      // the mode that requires TLS but verifies nothing
	trusted    string      // the property with the authorities
	key        string      // identifies these settings among others
	first      *tls.Config // the first attempt; nil is without TLS
	second     *secondTry  // nil means none
}

// encrypts reports whether any attempt uses TLS.
func (t tlsSettings) encrypts() bool { return t.first != nil || t.second != nil }

// secondTry is what follows if the server rejects the first attempt.
type secondTry struct{ config *tls.Config }

// verification is how much of the server's certificate is verified.
type verification int

const (
	nothing verification = iota
	authority
	authorityAndName
)

// tlsMode is one value of database.sslmode or database.ssl.mode.
type tlsMode struct {
	plain  bool // without TLS
	also   bool // the other way as well, if the first is rejected
	verify verification
}

// tlsModes are the modes of the PostgreSQL, MySQL and MariaDB drivers.
// Debezium's MariaDB connector had MySQL's before 3.1.
var tlsModes = map[string]map[string]tlsMode{
	Postgres: {
		"disable": {plain: true}, "allow": {plain: true, also: true}, "prefer": {also: true},
		"require": {}, "verify-ca": {verify: authority}, "verify-full": {verify: authorityAndName},
	},
	MySQL: {
		"disabled": {plain: true}, "preferred": {also: true},
		"required": {}, "verify_ca": {verify: authority}, "verify_identity": {verify: authorityAndName},
	},
	MariaDB: {
		"disable": {plain: true}, "trust": {}, "verify-ca": {verify: authority}, "verify-full": {verify: authorityAndName},
		"disabled": {plain: true}, "preferred": {also: true},
		"required": {}, "verify_ca": {verify: authority}, "verify_identity": {verify: authorityAndName},
	},
}

// tls returns how the connection is encrypted, or why that can't be determined
// here: the files that a configuration names are on the worker.
func (s *settings) tls() (tlsSettings, string) {
	property, trusted := "database.ssl.mode", "database.ssl.truststore"
	files := s.stores
	if s.kind.Name == Postgres {
		property, trusted, files = "database.sslmode", "database.sslrootcert", s.pems
	}
	if why := s.unreadable(property); why != "" {
		return tlsSettings{}, why
	}
	t := tlsSettings{property: property, encrypting: s.encrypting(property), trusted: trusted, key: s.option(property)}
	mode, ok := tlsModes[s.kind.Name][t.key]
	if !ok {
		return t, fmt.Sprintf("The database isn't checked: %s doesn't support %q.", property, t.key)
	}
	if mode.plain && !mode.also {
		return t, ""
	}
	config := &tls.Config{ServerName: s.value("database.hostname"), MinVersion: tls.VersionTLS12, CipherSuites: suites()}
	for _, name := range []string{"database.sslrootcert", "database.sslcert", "database.ssl.truststore", "database.ssl.keystore"} {
		t.key += "\n" + s.config[name]
	}
	if err := files(config, mode.verify); err != nil {
		return t, fmt.Sprintf("The database isn't checked: %s. The connector may be able to connect, because its worker reads its own files.", err)
	}
	mode.verify.apply(config)
	switch {
	case mode.plain:
		t.second = &secondTry{config}
	case mode.also:
		t.first, t.second = config, &secondTry{}
	default:
		t.first = config
	}
	return t, ""
}

// encrypting returns the mode that requires TLS but verifies nothing; its name
// differs between drivers.
func (s *settings) encrypting(property string) string {
	if d := s.kind.Definition(property, s.version); d != nil {
		for _, mode := range []string{"require", "required", "trust"} {
			if slices.Contains(d.Values, mode) {
				return mode
			}
		}
	}
	return "require"
}

// suites returns Go's own suites and those without forward secrecy, which Java
// offers and which are all that older servers support.
func suites() []uint16 {
	ids := []uint16{
		tls.TLS_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_RSA_WITH_AES_256_GCM_SHA384,
		tls.TLS_RSA_WITH_AES_128_CBC_SHA, tls.TLS_RSA_WITH_AES_256_CBC_SHA,
	}
	for _, suite := range tls.CipherSuites() {
		ids = append(ids, suite.ID)
	}
	return ids
}

// apply restricts a configuration's verification to what the mode requires.
func (v verification) apply(config *tls.Config) {
	if v == authorityAndName {
		return
	}
	// These modes encrypt without verifying the certificate or the name.
	config.InsecureSkipVerify = true //nolint:gosec
	if v == nothing {
		return
	}
	roots := config.RootCAs
	config.VerifyConnection = func(state tls.ConnectionState) error {
		between := x509.NewCertPool()
		for _, certificate := range state.PeerCertificates[1:] {
			between.AddCert(certificate)
		}
		_, err := state.PeerCertificates[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between})
		return err
	}
}

// pems reads the files of PostgreSQL's driver.
func (s *settings) pems(config *tls.Config, verify verification) error {
	if verify != nothing {
		text, err := s.file("database.sslrootcert")
		if err != nil {
			return err
		}
		if text == nil {
			return errors.New("database.sslmode verifies the server's certificate, and database.sslrootcert isn't set: the driver then reads a file in the worker's home directory")
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(text) {
			return errors.New("database.sslrootcert contains no PEM certificate")
		}
	}
	certificate, err := s.file("database.sslcert")
	if err != nil || certificate == nil {
		return err
	}
	key, err := s.file("database.sslkey")
	if err != nil || key == nil {
		return err
	}
	password, err := s.passphrase("database.sslpassword")
	if err != nil {
		return err
	}
	pair, err := keyPair(certificate, key, password)
	if err != nil {
		return fmt.Errorf("database.sslkey can't be read here: %w", err)
	}
	config.Certificates = []tls.Certificate{pair}
	return nil
}

// stores reads the key stores of MySQL's and MariaDB's drivers.
func (s *settings) stores(config *tls.Config, verify verification) error {
	if verify != nothing {
		// Without a store of its own, the driver uses the certificates that the
		// worker's Java trusts, which are nearly this system's.
		text, err := s.file("database.ssl.truststore")
		if err != nil {
			return err
		}
		if text != nil {
			password, err := s.passphrase("database.ssl.truststore.password")
			if err != nil {
				return err
			}
			certificates, err := trusted(text, password)
			if err != nil {
				return fmt.Errorf("database.ssl.truststore can't be read here: %w", err)
			}
			config.RootCAs = x509.NewCertPool()
			for _, c := range certificates {
				config.RootCAs.AddCert(c)
			}
		}
	}
	text, err := s.file("database.ssl.keystore")
	if err != nil || text == nil {
		return err
	}
	password, err := s.passphrase("database.ssl.keystore.password")
	if err != nil {
		return err
	}
	pair, err := private(text, password)
	if err != nil {
		return fmt.Errorf("database.ssl.keystore can't be read here: %w", err)
	}
	config.Certificates = []tls.Certificate{pair}
	return nil
}

// passphrase returns a file's password, untrimmed.
func (s *settings) passphrase(property string) (string, error) {
	if !s.known(property) {
		return "", fmt.Errorf("%s isn't known here", property)
	}
	return s.config[property], nil
}

// file reads the file that a property names; nil if it names none.
func (s *settings) file(property string) ([]byte, error) {
	if !s.known(property) {
		return nil, fmt.Errorf("%s isn't known here", property)
	}
	path := s.written(property)
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s names a file that doesn't exist on this machine", property)
	}
	return text, nil
}
