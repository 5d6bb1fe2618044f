package leaks_test

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// marked is a secret that is recognized wherever it comes out, whole, in a
// piece, or escaped: its two ends are found in no other text.
type marked struct {
	name string
	// stored: Terraform keeps it in plan and state, as sensitive, since it was
	// written into an attribute that isn't write-only.
	stored bool
	value  string
}

// special are the characters that escapes change.
const special = ` @/:%é"+~*\<x>=`

func mark(name string, stored bool, middle string) marked {
	return marked{name, stored, "Zq" + name + middle + name + "qZ"}
}

var (
	typed      = mark("01typed", true, special)
	writeOnly  = mark("02writeonly", false, special)
	configured = mark("03configured", true, special)
	// ordinary is sensitive in Terraform, under a key that doesn't say so.
	// Terraform tells providers nothing of marks, so that this one alone isn't
	// known to the provider as a secret: an error in which a worker quotes it
	// would show it.
	ordinary    = mark("04ordinary", true, "-")
	configWO    = mark("05configwo", false, special)
	login       = mark("06login", false, special)
	bearer      = mark("07bearer", false, ".")
	header      = mark("08header", false, "-")
	inURL       = mark("09inurl", true, special)
	inJAAS      = mark("10injaas", true, " @/:%é+~*<x>=")
	onServer    = mark("11onserver", false, special)
	inServerURL = mark("12inserverurl", false, special)
	inFile      = mark("13infile", false, "+%41")
	newcomer    = mark("14newcomer", false, special)
)

var allMarked = []marked{
	typed, writeOnly, configured, ordinary, configWO, login, bearer, header,
	inURL, inJAAS, onServer, inServerURL, inFile, newcomer,
}

// end is how many characters at an end of a secret tell it.
const end = 7

func (m marked) in(text string) bool {
	return strings.Contains(text, m.value[:end]) || strings.Contains(text, m.value[len(m.value)-end:])
}

// quotes are how a worker's messages may repeat a secret.
func quotes(secret string) string {
	escaped := url.QueryEscape(secret)
	asJSON, _ := json.Marshal(secret) // a string can't fail
	// URLEncoder of Java leaves other characters than Go does.
	java := strings.NewReplacer("%2A", "*", "~", "%7E").Replace(escaped)
	return strings.Join([]string{
		`password "` + secret + `" was refused`, "at ?password=" + escaped + "&ssl=true", "in " + string(asJSON),
		"as " + java, "by " + lowerEscapes.ReplaceAllStringFunc(escaped, strings.ToLower),
	}, "; ")
}

var lowerEscapes = regexp.MustCompile("%[0-9A-F]{2}")

// trace is of a failure whose causes repeat secrets: in messages, in pieces of
// JDBC URLs, and where a text is cut that is too long to be shown. The last
// cause, which is shown first of all, is another one for each connector.
func trace(connector string, secrets []string) string {
	// What a reference stands for is known to the worker alone.
	causes := []string{"can't open jdbc:mysql://db/x?user=u&password=" + url.QueryEscape(inFile.value)}
	for i, secret := range secrets {
		causes = append(causes, quotes(secret),
			"no driver for jdbc:postgresql://db/x?\nuser=u&password=\n"+url.QueryEscape(secret)+"&x=y",
			strings.Repeat("x", 600-34-8-i%3)+" "+secret)
	}
	first := len(connector) % len(causes)
	var b strings.Builder
	b.WriteString("org.apache.kafka.connect.errors.ConnectException: An exception occurred\n\tat io.debezium.A.b(A.java:1)\n")
	for _, cause := range append(causes[first:], causes[:first]...) {
		b.WriteString("Caused by: java.sql.SQLException: " + cause + "\n\tat io.debezium.A.b(A.java:2)\n\t... 7 more\n")
	}
	return b.String()
}

// secretsOf are the secrets in a configuration as a worker has it.
func secretsOf(config kafkaconnect.Config) []string {
	var secrets []string
	for _, value := range config {
		for _, m := range allMarked {
			if m.in(value) && m.name != ordinary.name && m.name != inFile.name {
				secrets = append(secrets, m.value)
			}
		}
	}
	slices.Sort(secrets)
	return secrets
}

// TestNoSecretComesOut applies, changes, fails and destroys connectors of
// every kind with the real binaries and all logs, and looks for secrets in
// everything that is printed or written.
func TestNoSecretComesOut(t *testing.T) {
	l := newLeaks(t, byPassword)
	l.configure(everyKind(1))
	l.run("init")
	l.planned(true)

	l.worker.OnStart(func(name string, config kafkaconnect.Config) string { return trace(name, secretsOf(config)) })
	l.configure(everyKind(2))
	l.fails("is FAILED on worker", "apply", "-auto-approve")
	l.wantOutput("(sensitive)")
	l.planned(false) // the refresh warns of the failures, and data sources show them
	l.wantOutput("has failed")
	l.worker.OnStart(nil)
	l.refused()
	l.configure(everyKind(3))
	l.run("apply", "-auto-approve")
	l.run("plan", "-detailed-exitcode") // nothing to do

	l.worker.Fault(connecttest.Fault{Method: "DELETE", Status: 400, Message: "refused: " + quotes(typed.value) + quotes(login.value)})
	l.fails("Could not delete", "destroy", "-auto-approve")
	l.worker.ClearFaults()
	// Terraform 1.11 keeps the state of a failed destroy without its marks, so
	// that its next plan would show what is sensitive by a variable alone. No
	// provider learns of marks; an apply sets them again.
	l.run("apply", "-auto-approve")
	l.run("destroy", "-auto-approve")
	l.wantSignedIn(login, header)
}

// refused has the worker refuse what it is asked, and quote secrets.
func (l *leaks) refused() {
	l.t.Helper()
	l.configure(everyKind(3))
	l.worker.ConnectionError(func(config kafkaconnect.Config) string {
		return "Unable to connect: " + trace(config["name"], secretsOf(config))
	})
	l.fails("The database can't be reached", "apply", "-auto-approve")
	l.worker.ConnectionError(nil)

	var refusal strings.Builder
	for _, m := range []marked{typed, writeOnly, configured, configWO, inURL, inJAAS, login, header} {
		refusal.WriteString(quotes(m.value) + "\n")
	}
	refusal.WriteString(quotes(l.keyPEM))
	for _, fault := range []connecttest.Fault{
		{Method: "PUT", Path: "/connectors/*/config", Status: 422, Message: refusal.String()},
		{Method: "PUT", Path: "/connectors/*/config", Status: 403, Body: "<html><p>" + html.EscapeString(refusal.String()) + "</p></html>"},
		{Method: "PUT", Path: "/connector-plugins/*/config/validate", Status: 500, Message: refusal.String()},
	} {
		l.worker.Fault(fault)
		l.fails("Could not", "apply", "-auto-approve")
		l.wantOutput("(sensitive)")
		l.worker.ClearFaults()
	}

	l.worker.Fault(connecttest.Fault{Method: "POST", Path: "/connectors", Status: 422, Message: "refused: " + quotes(newcomer.value)})
	l.configure(everyKind(3) + newcomerBlock)
	l.fails("Could not create", "apply", "-auto-approve")
	l.worker.ClearFaults()
}

// TestNoSecretComesInByImport imports connectors of every kind that came with
// secrets, and lets their tasks fail with these.
func TestNoSecretComesInByImport(t *testing.T) {
	l := newLeaks(t, byToken)
	names := l.addForeign()
	l.configure(importBlocks(names))
	l.run("init")
	l.run("plan", "-generate-config-out=generated.tf")
	l.run("apply", "-auto-approve")
	l.run("plan", "-detailed-exitcode") // nothing to do

	for _, name := range names {
		config, _ := l.worker.Config(name)
		l.worker.FailTask(name, 0, trace(name, secretsOf(config)))
	}
	l.configure(importBlocks(names) + readBack + statuses(names))
	l.worker.OnStart(func(name string, config kafkaconnect.Config) string { return trace(name, secretsOf(config)) })
	l.fails("is FAILED on worker", "apply", "-auto-approve")
	l.wantOutput("has failed")
	l.wantOutput("(sensitive)")
	for _, name := range names {
		if config, _ := l.worker.Config(name); len(secretsOf(config)) < 2 {
			t.Errorf("the secrets of %s are no longer on the worker: %v", name, config)
		}
	}
	l.run("destroy", "-auto-approve")
	l.wantSignedIn(bearer)
}

// addForeign gives the worker a connector of each kind with secrets that no
// configuration of Terraform's has.
func (l *leaks) addForeign() []string {
	var names []string
	for _, kind := range allKinds() {
		k := catalog.KindByName(kind)
		properties, withPassword := needs(kind)
		config := kafkaconnect.Config{"connector.class": ownClass, jaasProperty: fmt.Sprintf(loginModule, onServer.value), referenceProperty: reference}
		maps.Copy(config, properties)
		for _, property := range withPassword {
			config[property] = fmt.Sprintf(urls[property], url.QueryEscape(inServerURL.value))
		}
		name := strings.TrimPrefix(kind+"_foreign", "_")
		if k != nil {
			config["connector.class"] = k.Class
		}
		if k != nil && k.AttributeOf("topic.prefix") != nil {
			config["topic.prefix"] = name
		}
		if k != nil && k.AttributeOf("database.server.id") != nil {
			config["database.server.id"] = strconv.Itoa(1000 + len(names))
		}
		if secret := passwordOf(k); secret != "" {
			config[secret] = onServer.value
		}
		l.worker.AddConnector(name, config, "")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func importBlocks(names []string) string {
	var b strings.Builder
	for _, name := range names {
		resource := "debezium_connector"
		if kind := strings.TrimSuffix(strings.TrimSuffix(name, "foreign"), "_"); kind != "" {
			resource = "debezium_" + kind + "_connector"
		}
		fmt.Fprintf(&b, "import {\n  to = %s.%s\n  id = %q\n}\n", resource, name, name)
	}
	return b.String()
}
