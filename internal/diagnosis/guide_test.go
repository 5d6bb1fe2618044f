package diagnosis

import (
	"os"
	"strings"
	"testing"
)

// TestTheGuideHasEveryRemedy, and the words by which it is chosen.
func TestTheGuideHasEveryRemedy(t *testing.T) {
	text, err := os.ReadFile("../../templates/guides/troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range known {
		var cells []string
		for _, fragment := range append(append([]string{}, k.all...), k.any...) {
			cells = append(cells, "`"+fragment+"`")
		}
		if row := "| " + strings.Join(cells, "<br>") + " | " + k.remedy + " |\n"; !strings.Contains(string(text), row) {
			t.Errorf("the guide on troubleshooting lacks the row\n%s", row)
		}
	}
}
