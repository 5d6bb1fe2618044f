package redact

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

func TestRedact(t *testing.T) {
	const pem = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n-----END PRIVATE KEY-----\n"
	for _, test := range []struct {
		name    string
		secrets []string
		text    string
		want    string
	}{
		{"nothing registered", nil, "as it is", "as it is"},
		{"verbatim, inside a word too", []string{"s3cr3t-pw"}, "xs3cr3t-pwx s3cr3t-pw", "x(sensitive)x (sensitive)"},
		{"longest first", []string{"secret", "secret-and-more"}, "secret-and-more secret", "(sensitive) (sensitive)"},
		{"overlapping", []string{"secret-ab", "ab-much-longer"}, "secret-ab-much-longer", "(sensitive)"},
		{"overlapping itself", []string{"ababab"}, "abababab", "(sensitive)"},
		{"side by side", []string{"secret-a", "secret-b"}, "secret-asecret-b", "(sensitive)(sensitive)"},
		{"query escape", []string{"p@ss w/rd"}, "?q=p%40ss+w%2Frd&x", "?q=(sensitive)&x"},
		{"path escape", []string{"p@ss w/rd"}, "/p@ss%20w%2Frd/", "/(sensitive)/"},
		{"lower-case escape", []string{"p@ss w/rd"}, "p%40ss%20w%2frd", "(sensitive)"},
		{"JSON", []string{`pa"ss\<w>`}, `{"v":"pa\"ss\\<w>","w":"pa\"ss\\\u003cw\u003e"}`, `{"v":"(sensitive)","w":"(sensitive)"}`},
		{"JSON in ASCII", []string{"gehéim1"}, `"geh\u00e9im1"`, `"(sensitive)"`},
		{"HTML", []string{"a<b>&c\"d"}, "<p>a&lt;b&gt;&amp;c&#34;d</p>", "<p>(sensitive)</p>"},
		{"PEM in one line", []string{pem}, "got " + strings.Join(strings.Fields(pem), " "), "got (sensitive)"},
		{"surrounding blanks are not part of it", []string{" padded-pw\n"}, "[padded-pw]", "[(sensitive)]"},
		{"short: as a word", []string{"dbz"}, "dbz dbzuser xdbz 'dbz' é" + "dbz", "(sensitive) dbzuser xdbz '(sensitive)' édbz"},
		{"short with signs at its ends", []string{"-x-"}, "a-x-b", "a(sensitive)b"},
		{"too short", []string{"a", "pw"}, "a pw", "a pw"},
		{"no secrets", []string{"", "  ", "true", "FALSE", "null", "********", "••••••••"}, "true FALSE null ******** ••••••••", "true FALSE null ******** ••••••••"},
		{"a reference", []string{"${file:/secrets/db.properties:password}"}, "${file:/secrets/db.properties:password}", "${file:/secrets/db.properties:password}"},
		{"a text around a reference", []string{"pre-${env:X}"}, "pre-${env:X}", "(sensitive)"},
		{"the mask's own text", []string{"sensitive"}, "insensitive", "in(sensitive)"},
		{"user info of a URL", []string{"mongodb://admin:p%40ss-w0rd@db:27017/?tls=true"}, "p%40ss-w0rd p@ss-w0rd db:27017", "(sensitive) (sensitive) db:27017"},
		{"JDBC parameter", []string{"jdbc:postgresql://db/x?user=u&password=hunter22&ssl=true"}, "hunter22 ssl=true", "(sensitive) ssl=true"},
		{"SQL Server braces", []string{"jdbc:sqlserver://db;user=u;password={a;b-1};x=y"}, "[a;b-1]", "[(sensitive)]"},
		{"Oracle login", []string{"jdbc:oracle:thin:scott/tiger77@//db:1521/x"}, "tiger77", "(sensitive)"},
		{"JAAS", []string{`org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="jaas-pw";`}, `refused "jaas-pw" of u`, `refused "(sensitive)" of u`},
		{"escapes of Java", []string{"p@ss*w~rd 1"}, "p%40ss*w%7Erd+1 p%40ss*w%7erd%201", "(sensitive) (sensitive)"},
		{"login", []string{"registry:hunter22"}, "hunter22 of registry", "(sensitive) of registry"},
		{"JSON with a key", []string{`{"type": "x", "private_key": "-----BEGIN\nMIIE"}`}, "-----BEGIN\nMIIE x", "(sensitive) x"},
		{"an unknown password in a URL", []string{"some-secret"}, "jdbc:x://db?password=unknown&ssl=true mongodb://u:unknown@db", "jdbc:x://db?password=(sensitive)&ssl=true mongodb://u:(sensitive)@db"},
		{"an unknown password in JSON", []string{"some-secret"}, `{"database.password":"un\"known","database.user":"u"}`, `{"database.password":"(sensitive)","database.user":"u"}`},
		{"a known and an unknown one", []string{"some-secret"}, "password=some-secret, pwd=unknown", "password=(sensitive), pwd=(sensitive)"},
		{"a reference in the place of a password", []string{"some-secret"}, "password=${env:X} password=********", "password=${env:X} password=********"},
		{"list of parameters", []string{"user=u, client_secret = cs-12345, x=1"}, "cs-12345 x=1", "(sensitive) x=1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var s Set
			s.Add(test.secrets...)
			if got := s.Redact(test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAddEmbeddedKeepsTheRest(t *testing.T) {
	var s Set
	s.AddEmbedded("jdbc:mysql://db:3306/shop?user=root&password=hunter22", "plain-value", "password=${file:/x:pw}")
	got := s.Redact("jdbc:mysql://db:3306/shop?user=root&password=hunter22 plain-value ${file:/x:pw}")
	want := "jdbc:mysql://db:3306/shop?user=root&password=(sensitive) plain-value ${file:/x:pw}"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLaterSecretsCount(t *testing.T) {
	var s Set
	s.Add("first-secret")
	s.Redact("compiles the set")
	s.Add("second-secret", "abc")
	if got, want := s.Redact("first-secret second-secret abc"), "(sensitive) (sensitive) (sensitive)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestOneMoreSecret: with many secrets, one more takes no more work than with a
// few. A plan of a thousand connectors registers a thousand passwords one by
// one, and redacts something after each.
func TestOneMoreSecret(t *testing.T) {
	work := func(secrets int) float64 {
		var s Set
		n := 0
		add := func() {
			s.Add(fmt.Sprintf("p@ss w/%06d\"<x>", n))
			n++
			s.Redact("GET /connectors/orders/status")
		}
		for range secrets {
			add()
		}
		return testing.AllocsPerRun(100, add)
	}
	if few, many := work(10), work(1000); many > 2*few {
		t.Errorf("one more secret allocates %.0f times among 1000, and %.0f times among 10", many, few)
	}
}

func TestHoldsPassword(t *testing.T) {
	for value, want := range map[string]bool{
		"jdbc:postgresql://db/x?user=u&password=hunter22":     true,
		"mongodb://u:hunter22@db":                             true,
		"jdbc:oracle:thin:scott/tiger77@//db:1521/x":          true,
		`{"private_key": "MIIE"}`:                             true,
		"jdbc:postgresql://db/x?user=u":                       false,
		"jdbc:postgresql://db/x?user=u&password=${file:/x:y}": false,
		"mongodb://u:********@db":                             false,
		"${file:/x:password}":                                 false,
		"public.password_resets,public.tokens":                false,
		"":                                                    false,
	} {
		if got := HoldsPassword(value); got != want {
			t.Errorf("%q: %t, want %t", value, got, want)
		}
	}
}

func TestNilSet(t *testing.T) {
	var s *Set
	s.Add("some-secret")
	s.AddEmbedded("password=some-secret")
	if got := s.Redact("some-secret"); got != "some-secret" {
		t.Errorf("a nil set changed the text to %q", got)
	}
}

func TestConcurrentUse(t *testing.T) {
	var s Set
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for j := range 50 {
				secret := fmt.Sprintf("secret-%d-%d", i, j)
				s.Add(secret)
				if got := s.Redact(secret); got != Mask {
					t.Errorf("%s became %q", secret, got)
				}
			}
		})
	}
	group.Wait()
}

func FuzzRedact(f *testing.F) {
	f.Add("p@ss w/rd\"\\<x>", "before ", " after")
	f.Add("jdbc:x://u:pw123456@h?password={y}", "", "")
	f.Add("(sensitive)", "(sens", "itive)")
	f.Add("aXaXaXaXa", "aX", "Xa")
	f.Fuzz(func(t *testing.T, secretText, before, after string) {
		var s Set
		s.Add(secretText)
		jsonText, _ := json.Marshal(secretText)
		for _, form := range []string{
			secretText, url.QueryEscape(secretText), url.PathEscape(secretText), html.EscapeString(secretText),
			inner(string(jsonText)), inner(strconv.Quote(secretText)),
		} {
			got := s.Redact(before + form + after)
			trimmed := strings.TrimSpace(form)
			if utf8.RuneCountInString(strings.TrimSpace(secretText)) < 8 || !secret(strings.TrimSpace(secretText)) {
				continue
			}
			// What the mask completes to the secret was not there before.
			for part := range strings.SplitSeq(got, Mask) {
				if strings.Contains(part, trimmed) {
					t.Fatalf("%q survives in %q", trimmed, got)
				}
			}
		}
	})
}
