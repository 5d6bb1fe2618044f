package kafkaconnect

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// handshakeError is a failed TLS handshake, with advice on what to do. It is an
// ErrHandshake.
type handshakeError struct {
	cause  error
	advice string
}

func (e *handshakeError) Error() string        { return e.cause.Error() + ". " + e.advice }
func (e *handshakeError) Unwrap() error        { return e.cause }
func (e *handshakeError) Is(target error) bool { return target == ErrHandshake }

// explainHandshake adds to the error of a failed TLS handshake what the server
// presented and what to change. It returns any other error unchanged.
// hasCertificate reports whether the client has its own certificate.
func explainHandshake(err error, hasCertificate bool) error {
	advice := serverAdvice(err)
	if advice == "" {
		advice = alertAdvice(err, hasCertificate)
	}
	if advice == "" {
		return err
	}
	return &handshakeError{cause: err, advice: advice}
}

// serverAdvice covers what the client didn't accept from the server.
func serverAdvice(err error) string {
	var (
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
		record    tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &authority):
		return shown(err, authority.Cert) + " Set ca_cert_pem in the provider's tls to the certificate of the authority that issued it."
	case errors.As(err, &host):
		return nameAdvice(host.Certificate)
	case errors.As(err, &invalid):
		return shown(err, invalid.Cert) + " " + invalidAdvice(invalid)
	case errors.Is(err, http.ErrSchemeMismatch):
		return "The server speaks plain HTTP on this port: use http:// in the URL, or the server's HTTPS port."
	case errors.As(err, &record):
		return "The server doesn't speak TLS on this port: check the URL's port."
	case strings.Contains(err.Error(), "server selected unsupported protocol version"):
		return oldServer
	}
	return ""
}

const oldServer = "The server doesn't support TLS 1.2 or later, which the provider requires: enable TLS 1.2 or 1.3 on the server."

// shown describes the certificate that the server presented; fallback is the
// one that failed verification.
func shown(err error, fallback *x509.Certificate) string {
	certificate := fallback
	if verification, ok := errors.AsType[*tls.CertificateVerificationError](err); ok && len(verification.UnverifiedCertificates) > 0 {
		certificate = verification.UnverifiedCertificates[0]
	}
	if certificate == nil {
		return "The server's certificate is not readable."
	}
	text := fmt.Sprintf("The server's certificate has the subject %q, the issuer %q", certificate.Subject, certificate.Issuer)
	if names := namesOf(certificate); len(names) > 0 {
		text += " and the names " + joined(names)
	}
	return text + "."
}

func namesOf(certificate *x509.Certificate) []string {
	names := slices.Clone(certificate.DNSNames)
	for _, address := range certificate.IPAddresses {
		names = append(names, address.String())
	}
	return names
}

// joined lists names, of which a server may have any number.
func joined(names []string) string {
	const most = 10
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

func nameAdvice(certificate *x509.Certificate) string {
	names := namesOf(certificate)
	if len(names) == 0 {
		return fmt.Sprintf("The server's certificate (subject %q) has no names: reissue it with a subject alternative name.", certificate.Subject)
	}
	return "The server's certificate has the names " + joined(names) +
		": use one of them in the URL, or set server_name in the provider's tls to one of them."
}

func invalidAdvice(e x509.CertificateInvalidError) string {
	switch {
	case e.Reason == x509.Expired && time.Now().Before(e.Cert.NotBefore):
		return fmt.Sprintf("The certificate with the subject %q is not valid before %s: check this machine's clock.", e.Cert.Subject, date(e.Cert.NotBefore))
	case e.Reason == x509.Expired:
		return fmt.Sprintf("The certificate with the subject %q expired on %s: renew it on the server.", e.Cert.Subject, date(e.Cert.NotAfter))
	case e.Reason == x509.IncompatibleUsage:
		return "It was not issued for servers: its extended key usage lacks server authentication."
	}
	return "It must be reissued."
}

func date(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 MST") }

// alertAdvice covers what the server didn't accept from the client, which it
// reports with a TLS alert (RFC 8446, section 6.2). The texts are those of
// crypto/tls, which doesn't export the numbers.
func alertAdvice(err error, hasCertificate bool) string {
	if !abortedHandshake(err) {
		return ""
	}
	var alert *net.OpError
	errors.As(err, &alert)
	text := strings.TrimPrefix(alert.Err.Error(), "tls: ")
	switch text {
	case "protocol version not supported":
		return oldServer
	case "unrecognized name":
		return "The server doesn't know this host name: use another name in the URL, or set server_name in the provider's tls."
	case "handshake failure":
		if !hasCertificate {
			return "The server and the provider have no TLS version or cipher suite in common, or the server requires a client certificate: " +
				"set client_cert_pem and client_key_pem in the provider's tls."
		}
		return "The server and the provider have no TLS version or cipher suite in common, or the server doesn't accept the client certificate."
	case "bad certificate", "certificate required", "unknown certificate":
		if !hasCertificate {
			return "The server requires a client certificate: set client_cert_pem and client_key_pem in the provider's tls."
		}
		return "The server doesn't accept the client certificate (client_cert_pem in the provider's tls): check that it trusts the authority that issued it."
	case "unknown certificate authority":
		return "The server doesn't know the authority that issued the client certificate (client_cert_pem in the provider's tls): " +
			"add the intermediate certificates after it, or the authority to the server's trust store."
	case "expired certificate", "revoked certificate", "unsupported certificate", "access denied":
		return "The server rejects the client certificate (client_cert_pem in the provider's tls): renew it."
	}
	return ""
}
