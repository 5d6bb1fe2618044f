package examples_test

import (
	"cmp"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/cdc/terraform-provider-debezium/internal/catalog"
	"github.com/cdc/terraform-provider-debezium/internal/rules"
)

// unreadable are the rules about names that nothing reads.
var unreadable = []string{"unknown-property", "foreign-name", "component-option", "undeclared-transform", "converter-options"}

// TestDocumentationNamesKnownProperties: each property in a block of HCL, and
// each in the prose around it, is one that the catalog knows.
func TestDocumentationNamesKnownProperties(t *testing.T) {
	blocks := 0
	for _, path := range documents(t) {
		text := readFile(t, path)
		for _, m := range fence.FindAllStringSubmatch(text, -1) {
			if m[2] == "terraform" || m[2] == "hcl" {
				blocks++
				for _, problem := range unknownIn(t, path, dedent(m[3])) {
					t.Errorf("%s: %s", path, problem)
				}
			}
		}
		for _, name := range inlineCode.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
			if looksLikeProperty(name[1]) && !known(name[1]) {
				t.Errorf("%s: no kind has `%s`", path, name[1])
			}
		}
	}
	if blocks < 40 {
		t.Errorf("only %d blocks of HCL were found", blocks)
	}
}

func TestUnknownPropertiesAreFound(t *testing.T) {
	tests := map[string]int{
		`resource "debezium_postgres_connector" "a" { config = { "slot.stream.parms" = "1" } }`:                1,
		`resource "debezium_mysql_connector" "a" { config_wo = { "driver.useSSL" = "1", "no.such" = var.a } }`: 1,
		`resource "debezium_postgres_connector" "a" { config = { "slot.stream.params" = "1" } }`:               0,
		`data "debezium_config_validation" "a" { config = { "slot.stream.parms" = "1" } }`:                     1,
		`config = { "slot.nam" = "1" }`: 1,
		`resource "debezium_connector" "a" { connector_class = "com.example.A", config = { "no.such" = "1" } }`:                                                                               0,
		`resource "debezium_mysql_connector" "a" { config = { "transforms" = "u", "transforms.u.type" = "io.debezium.transforms.ExtractNewRecordState", "transforms.u.add.feelds" = "op" } }`: 1,
	}
	for text, want := range tests {
		text = strings.ReplaceAll(text, ", config =", "\n config =")
		if got := unknownIn(t, "test", strings.NewReplacer(" { c", " {\n c", " } }", " }\n}").Replace(text)); len(got) != want {
			t.Errorf("%s\nhas %q, want %d", text, got, want)
		}
	}
	for name, want := range map[string]bool{"slot.name": true, "slot.nam": false, "delete.handling.mode": true, "database.server.name": true} {
		if !looksLikeProperty(name) || known(name) != want {
			t.Errorf("%s: looks like a property: %t, is known: %t, want true, %t", name, looksLikeProperty(name), known(name), want)
		}
	}
}

// documents are all pages that users read.
func documents(t *testing.T) []string {
	t.Helper()
	paths := []string{"../README.md"}
	err := filepath.WalkDir("../docs", func(path string, _ fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".md" {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// unknownIn are the problems of the maps of properties in a block: those with
// a dotted key.
func unknownIn(t *testing.T, path, text string) []string {
	t.Helper()
	file, diags := hclsyntax.ParseConfig([]byte(text), path, hcl.InitialPos)
	if diags.HasErrors() {
		t.Errorf("%s: %s", path, diags)
		return nil
	}
	body := file.Body.(*hclsyntax.Body)
	problems := unknownBelow(body.Attributes, nil)
	for _, b := range body.Blocks {
		if b.Type == "resource" && b.Labels[0] == "debezium_connector" && catalog.KindOfClass(literal(b.Body.Attributes["connector_class"].Expr)) == nil {
			continue // not Debezium's
		}
		problems = append(problems, unknownBelow(b.Body, kindOf(b))...)
	}
	return problems
}

// kindOf is the kind that a block is about; nil stands for any.
func kindOf(b *hclsyntax.Block) *catalog.Kind {
	if b.Type == "resource" {
		return catalog.KindByName(strings.TrimSuffix(strings.TrimPrefix(b.Labels[0], "debezium_"), "_connector"))
	}
	if attribute := b.Body.Attributes["kind"]; attribute != nil {
		return catalog.KindByName(literal(attribute.Expr))
	}
	return nil
}

func unknownBelow(node hclsyntax.Node, kind *catalog.Kind) (problems []string) {
	_ = hclsyntax.VisitAll(node, func(n hclsyntax.Node) hcl.Diagnostics {
		object, ok := n.(*hclsyntax.ObjectConsExpr)
		if !ok {
			return nil
		}
		config, dotted := map[string]string{}, false
		for _, item := range object.Items {
			key := literal(item.KeyExpr)
			config[key] = cmp.Or(literal(item.ValueExpr), "some value")
			dotted = dotted || strings.Contains(key, ".")
		}
		if dotted {
			problems = append(problems, unknownOf(kind, config)...)
		}
		return nil
	})
	return problems
}

// unknownOf are what no version, and of an unknown kind no kind, reads of a
// configuration.
func unknownOf(kind *catalog.Kind, config map[string]string) []string {
	if class := config["connector.class"]; class != "" {
		kind = catalog.KindOfClass(class)
	}
	if kind == nil {
		var names []string
		for name := range config {
			if looksLikeProperty(name) && !known(name) {
				names = append(names, "no kind has "+name)
			}
		}
		return names
	}
	var problems []string
	for _, f := range rules.Check(rules.Input{Kind: kind, Version: kind.Newest(), Config: config, Partial: true}) {
		if slices.Contains(unreadable, f.Rule) {
			problems = append(problems, f.Summary)
		}
	}
	return problems
}

// literal is the text of an expression without references, or "".
func literal(e hclsyntax.Expression) string {
	v, diags := e.Value(nil)
	if diags.HasErrors() || v.IsNull() || !v.IsKnown() || v.Type().FriendlyName() != "string" {
		return ""
	}
	return v.AsString()
}

var (
	inlineCode = regexp.MustCompile("`([a-z0-9_]+(?:[.-][a-z0-9_]+)+)`")
	suffix     = regexp.MustCompile(`\.(tf|md|hcl|json|sh|sql|yaml|yml|properties|pem|internal|class)$`)
)

// looksLikeProperty: it begins as a property does, and ends as no file does.
func looksLikeProperty(name string) bool {
	first, _, dotted := strings.Cut(name, ".")
	if !dotted || suffix.MatchString(name) {
		return false
	}
	return slices.ContainsFunc(catalog.Kinds(), func(k *catalog.Kind) bool {
		return slices.ContainsFunc(k.Properties(), func(p string) bool { return strings.HasPrefix(p, first+".") })
	})
}

// notProperties are fields and forms that only look like properties.
var notProperties = []string{"source.query", "schema.table"}

// known reports whether any kind has a property in any version, any component
// such an option, or any other vendor's connector the name, of which a check
// tells.
func known(name string) bool {
	if slices.Contains(notProperties, name) {
		return true
	}
	isOption := func(c *catalog.Component) bool { return slices.Contains(c.Properties(), name) }
	for _, componentType := range []string{catalog.Transformation, catalog.Predicate, catalog.Converter, catalog.HeaderConverter} {
		if slices.ContainsFunc(catalog.Components(componentType), isOption) {
			return true
		}
	}
	return slices.ContainsFunc(catalog.Kinds(), func(k *catalog.Kind) bool {
		findings := rules.Check(rules.Input{Kind: k, Version: k.Newest(), Config: map[string]string{name: "1"}, Partial: true})
		return !slices.ContainsFunc(findings, func(f rules.Finding) bool {
			return f.Rule != "foreign-name" && slices.Contains(unreadable, f.Rule)
		})
	})
}
