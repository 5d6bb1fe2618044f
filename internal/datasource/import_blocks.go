package datasource

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var notInLabel = regexp.MustCompile(`[^a-z0-9_]+`)

// importBlocks returns HCL with an import block for each connector, each with a
// unique label: the connector's name, as far as valid in a label.
func importBlocks(connectors []connectorModel) string {
	var b strings.Builder
	used := map[string]bool{}
	for i, c := range connectors {
		label := strings.Trim(notInLabel.ReplaceAllString(strings.ToLower(c.Name), "_"), "_")
		if label == "" || label[0] >= '0' && label[0] <= '9' {
			label = strings.TrimRight("connector_"+label, "_")
		}
		unique := label
		for n := 2; used[c.ResourceType+"."+unique]; n++ {
			unique = label + "_" + strconv.Itoa(n)
		}
		used[c.ResourceType+"."+unique] = true
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "import {\n  to = %s.%s\n  id = %s\n}\n", c.ResourceType, unique, hclString(c.Name))
	}
	return b.String()
}

// hclString quotes text as HCL does: like Go, but with templates escaped.
func hclString(text string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strconv.Quote(text))
}
