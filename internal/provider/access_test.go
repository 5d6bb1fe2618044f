package provider_test

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

// What the tests use as secrets; none may be shown.
const (
	password    = "s3cret-password"
	token       = "s3cret-token"
	headerValue = "s3cret-header"
)

func checkSecrets(t *testing.T, text string) {
	t.Helper()
	for _, secret := range []string{password, token, headerValue} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is shown in: %s", secret, text)
		}
	}
}

func TestCredentials(t *testing.T) {
	const (
		basic      = "Basic dXNlcjpzM2NyZXQtcGFzc3dvcmQ=" // user:s3cret-password
		basicOther = "Basic b3RoZXI6czNjcmV0LXBhc3N3b3Jk" // other:s3cret-password
		bearer     = "Bearer " + token
	)
	environment := map[string]string{"DEBEZIUM_CONNECT_USERNAME": "user", "DEBEZIUM_CONNECT_PASSWORD": password}
	for _, test := range []struct {
		name        string
		environment map[string]string
		provided    block
		want        map[string]string // headers; "" for none
	}{
		{"none", nil, block{}, map[string]string{"Authorization": "", "User-Agent": "terraform-provider-debezium/test"}},
		{"basic", nil, block{"username": "user", "password": password}, map[string]string{"Authorization": basic}},
		{"basic from the environment", environment, block{}, map[string]string{"Authorization": basic}},
		{"the block's user name, the environment's password", environment, block{"username": "other"}, map[string]string{"Authorization": basicOther}},
		{"an empty password", nil, block{"username": "user", "password": ""}, map[string]string{"Authorization": "Basic dXNlcjo="}},
		{"bearer", nil, block{"bearer_token": token}, map[string]string{"Authorization": bearer}},
		{"bearer from the environment", map[string]string{"DEBEZIUM_CONNECT_BEARER_TOKEN": token}, block{}, map[string]string{"Authorization": bearer}},
		{"a token of a file, with its line break", nil, block{"bearer_token": token + "\n"}, map[string]string{"Authorization": bearer}},
		{"the block's token before the environment's user", environment, block{"bearer_token": token}, map[string]string{"Authorization": bearer}},
		{"the block's user before the environment's token", map[string]string{"DEBEZIUM_CONNECT_BEARER_TOKEN": token},
			block{"username": "user", "password": password}, map[string]string{"Authorization": basic}},
		{"the block says none", environment, block{"username": "", "password": ""}, map[string]string{"Authorization": ""}},
		{"headers", nil, block{"headers": block{"x-api-key": headerValue, "X-Tenant": "a", "X-Null": nil}},
			map[string]string{"X-Api-Key": headerValue, "X-Tenant": "a", "X-Null": ""}},
		{"an own authorisation", nil, block{"headers": block{"authorization": "ApiKey " + headerValue}}, map[string]string{"Authorization": "ApiKey " + headerValue}},
		{"headers and basic", nil, block{"username": "user", "password": password, "headers": block{"X-Api-Key": headerValue}},
			map[string]string{"Authorization": basic, "X-Api-Key": headerValue}},
	} {
		t.Run(test.name, func(t *testing.T) {
			withoutEnvironment(t)
			for name, v := range test.environment {
				t.Setenv(name, v)
			}
			server := newConnect(t)
			provided := block{"url": server.URL}
			maps.Copy(provided, test.provided)
			if diags := list(t.Context(), t, provided); len(diags) > 0 {
				t.Fatal(diags)
			}
			for name, want := range test.want {
				if got := server.last().Get(name); got != want {
					t.Errorf("sent %s: %q, want %q", name, got, want)
				}
			}
		})
	}
}

func TestURL(t *testing.T) {
	withoutEnvironment(t)
	fromEnvironment, fromBlock := newConnect(t), newConnect(t)
	t.Setenv("DEBEZIUM_CONNECT_URL", fromEnvironment.URL)
	if diags := list(t.Context(), t, block{}); len(diags) > 0 || fromEnvironment.last() == nil {
		t.Errorf("the environment's URL wasn't asked: %s", diags)
	}
	if diags := list(t.Context(), t, block{"url": fromBlock.URL}); len(diags) > 0 || fromBlock.last() == nil {
		t.Errorf("the block's URL wasn't asked: %s", diags)
	}
	second := newConnect(t)
	if diags := list(t.Context(), t, block{"url": "http://127.0.0.1:1", "failover_urls": []string{second.URL}}); len(diags) > 0 || second.last() == nil {
		t.Errorf("the second URL wasn't asked: %s", diags)
	}
}

func TestWrongSettings(t *testing.T) {
	for _, test := range []struct {
		name        string
		environment map[string]string
		provided    block
		at, want    string // the one error's attribute, and a part of its text
	}{
		{"no URL", nil, block{"url": nil}, "url", "DEBEZIUM_CONNECT_URL"},
		{"an empty URL", nil, block{"url": ""}, "url", "DEBEZIUM_CONNECT_URL"},
		{"no scheme", nil, block{"url": "localhost:8083"}, "url", `"localhost:8083" is not the URL of a worker`},
		{"a password in the URL", nil, block{"url": "http://user:" + password + "@localhost"}, "url", "set username and password instead"},
		{"a wrong failover URL", nil, block{"failover_urls": []string{"http://a", "b"}}, "failover_urls[]", `"b" is not the URL of a worker`},
		{"two ways", nil, block{"username": "user", "password": password, "bearer_token": token}, "bearer_token", "bearer_token and username can't be combined"},
		{"two ways, one of them incomplete", nil, block{"password": password, "bearer_token": token}, "bearer_token", "bearer_token and password can't be combined"},
		{"two ways of the environment", map[string]string{"DEBEZIUM_CONNECT_USERNAME": "user", "DEBEZIUM_CONNECT_PASSWORD": password, "DEBEZIUM_CONNECT_BEARER_TOKEN": token},
			block{}, "bearer_token", "DEBEZIUM_CONNECT_BEARER_TOKEN (environment) and DEBEZIUM_CONNECT_USERNAME (environment)"},
		{"no password", nil, block{"username": "user"}, "username", "username needs a password"},
		{"no user name", map[string]string{"DEBEZIUM_CONNECT_PASSWORD": password}, block{}, "password", "DEBEZIUM_CONNECT_PASSWORD (environment) needs a user name"},
		{"a colon in the user name", nil, block{"username": "a:b", "password": password}, "username", "colon"},
		{"a token of two lines", nil, block{"bearer_token": token + "\n" + token}, "bearer_token", "line break"},
		{"a header's name", nil, block{"headers": block{"X Key": headerValue}}, "headers[X Key]", "name that HTTP doesn't allow"},
		{"a header's value", nil, block{"headers": block{"X-Key": headerValue + "\r\nX: y"}}, "headers[X-Key]", "line break"},
		{"a header of the client", nil, block{"headers": block{"host": headerValue}}, "headers[host]", "set by the provider itself"},
		{"two authorisations", nil, block{"bearer_token": token, "headers": block{"authorization": headerValue}}, "headers[authorization]", "combined with username, password or bearer_token"},
		{"a timeout without a unit", nil, block{"request_timeout": "30"}, "request_timeout", `"30" is not a positive duration`},
		{"no time", nil, block{"request_timeout": "0s"}, "request_timeout", `"0s" is not a positive duration`},
		{"mode", nil, block{"validation": block{"mode": "on"}}, "validation.mode", `"online", "offline", "off"`},
		{"mode of the environment", map[string]string{"DEBEZIUM_VALIDATION_MODE": "none"}, block{}, "validation.mode", `DEBEZIUM_VALIDATION_MODE (environment) is "none"`},
		{"database_connection", nil, block{"validation": block{"database_connection": "off"}}, "validation.database_connection", `"warning", "error", "skip"`},
		{"database_timeout", nil, block{"validation": block{"database_timeout": "ten"}}, "validation.database_timeout", "not a positive duration"},
		{"collisions", nil, block{"validation": block{"collisions": "error"}}, "validation.collisions", `"on", "warning", "off"`},
		{"debezium_version", nil, block{"validation": block{"debezium_version": "latest"}}, "validation.debezium_version", `"latest" is not a Debezium version`},
	} {
		t.Run(test.name, func(t *testing.T) {
			withoutEnvironment(t)
			for name, v := range test.environment {
				t.Setenv(name, v)
			}
			provided := block{"url": "http://localhost:1"}
			maps.Copy(provided, test.provided)
			checkError(t, list(t.Context(), t, provided), test.at, test.want)
		})
	}
}

// checkError checks that there is one error alone.
func checkError(t *testing.T, diags diagnostics, at, want string) {
	t.Helper()
	if len(diags) != 1 || diags[0].Severity != tfprotov6.DiagnosticSeverityError || attribute(diags[0]) != at || !strings.Contains(diags[0].Detail, want) {
		t.Errorf("want one error at %s with %q, got:\n%s", at, want, diags)
	}
	checkSecrets(t, diags.String())
}

// Without a client, data sources fail; the warning comes before, and once.
func TestUnknownSettings(t *testing.T) {
	for name, provided := range map[string]block{
		"url":             {"url": unknown},
		"failover_urls":   {"failover_urls": unknown},
		"username":        {"username": unknown, "password": password},
		"password":        {"username": "user", "password": unknown},
		"bearer_token":    {"bearer_token": unknown},
		"headers":         {"headers": block{"X-Api-Key": unknown}},
		"tls":             {"tls": block{"client_key_pem": unknown}},
		"request_timeout": {"request_timeout": unknown},
	} {
		t.Run(name, func(t *testing.T) {
			withoutEnvironment(t)
			server := newConnect(t)
			if _, ok := provided["url"]; !ok {
				provided["url"] = server.URL
			}
			diags := list(t.Context(), t, provided)
			if len(diags) != 2 || diags[0].Severity != tfprotov6.DiagnosticSeverityWarning || attribute(diags[0]) != name ||
				!strings.Contains(diags[1].Summary, "isn't known yet") {
				t.Errorf("want a warning at %s and the data source's error, got:\n%s", name, diags)
			}
			if server.last() != nil {
				t.Error("the cluster was asked")
			}
		})
	}
}

func TestRedirectCarriesNoCredentials(t *testing.T) {
	withoutEnvironment(t)
	elsewhere := newConnect(t)
	server := httptest.NewServer(http.RedirectHandler(elsewhere.URL+"/connectors", http.StatusTemporaryRedirect))
	t.Cleanup(server.Close)
	diags := list(t.Context(), t, block{"url": server.URL, "bearer_token": token, "headers": block{"X-Api-Key": headerValue}})
	if len(diags) != 1 || !strings.Contains(diags[0].Detail, "redirect to ") {
		t.Errorf("got %s", diags)
	}
	if elsewhere.last() != nil {
		t.Errorf("the redirect was followed with %v", elsewhere.last())
	}
}

// A proxy before Kafka Connect may answer with what it was sent.
func TestSecretsAreNotShown(t *testing.T) {
	withoutEnvironment(t)
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = io.WriteString(w, "refused: "+r.URL.Path)
		_ = r.Header.Write(w)
	}))
	t.Cleanup(echo.Close)
	for _, provided := range []block{
		{"username": "user", "password": password},
		{"bearer_token": token},
		{"headers": block{"X-Api-Key": headerValue}},
	} {
		var log bytes.Buffer
		provided["url"] = echo.URL + "/" + headerValue
		if provided["headers"] == nil {
			provided["url"] = echo.URL
		}
		diags := list(tflogtest.RootLogger(t.Context(), &log), t, provided)
		if !strings.Contains(diags.String(), "refused: /") || !strings.Contains(log.String(), "Asked Kafka Connect") {
			t.Errorf("the answer isn't reported: %s and in the log: %s", diags, &log)
		}
		checkSecrets(t, diags.String())
		checkSecrets(t, log.String())
		if text := diags.String() + log.String(); strings.Contains(text, "dXNlcjpzM2NyZXQtcGFzc3dvcmQ=") {
			t.Errorf("the password is shown in base64: %s", text)
		}
	}
}

// net/http reads the proxy's variables once for a process, and takes none for
// this machine's own addresses: so it is another process that asks.
func TestProxyOfTheEnvironment(t *testing.T) {
	withoutEnvironment(t)
	if os.Getenv("HTTP_PROXY_TEST") != "" {
		if diags := list(t.Context(), t, block{"url": "http://connect.example:8083", "bearer_token": token}); len(diags) > 0 {
			t.Error(diags)
		}
		return
	}
	var asked string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Scheme + "://" + r.URL.Host + r.URL.Path
		_, _ = io.WriteString(w, "{}")
	}))
	t.Cleanup(proxy.Close)
	program, err := filepath.Abs(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	asks := exec.CommandContext(t.Context(), program, "-test.run=^TestProxyOfTheEnvironment$")
	asks.Env = append(os.Environ(), "HTTP_PROXY_TEST=1", "HTTP_PROXY="+proxy.URL, "NO_PROXY=")
	if out, err := asks.CombinedOutput(); err != nil {
		t.Errorf("%s: %s", err, out)
	}
	if want := "http://connect.example:8083/connectors"; asked != want {
		t.Errorf("the proxy was asked for %q, want %q", asked, want)
	}
}
