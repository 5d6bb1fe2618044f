package examples_test

import (
	"path/filepath"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/cdc/terraform-provider-debezium/internal/acctest"
	"github.com/cdc/terraform-provider-debezium/internal/kafkaconnect/connecttest"
)

// TestListsAreQueried runs the queries of each example over the provider's
// protocol. "terraform query" needs Terraform 1.14.
func TestListsAreQueried(t *testing.T) {
	w := acctest.StartWalk(t, acctest.InMemory(), acctest.Block{"url": connecttest.New(t).URL})
	for _, path := range glob(t, "list-resources/*/*.tfquery.hcl") {
		t.Run(filepath.Dir(path), func(t *testing.T) {
			text := readFile(t, path)
			if formatted := string(hclwrite.Format([]byte(text))); formatted != text {
				t.Error("it isn't formatted")
			}
			file, diags := hclsyntax.ParseConfig([]byte(text), path, hcl.InitialPos)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			for _, list := range file.Body.(*hclsyntax.Body).Blocks {
				config := acctest.Block{}
				for _, block := range list.Body.Blocks {
					for name, attribute := range block.Body.Attributes {
						v, diags := attribute.Expr.Value(nil)
						if diags.HasErrors() {
							t.Fatal(diags)
						}
						config[name] = native(v)
					}
				}
				if list.Type != "list" || list.Labels[0] != filepath.Base(filepath.Dir(path)) {
					t.Errorf("the block is a %s %v", list.Type, list.Labels)
				}
				if _, diags := w.Query(t.Context(), list.Labels[0], config, true, 100); len(diags) > 0 {
					t.Error(diags)
				}
			}
		})
	}
}

func native(v cty.Value) any {
	if v.Type() == cty.Bool {
		return v.True()
	}
	return v.AsString()
}
