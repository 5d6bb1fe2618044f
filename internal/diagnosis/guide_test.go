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
		cell := join(k.all, " and ") + join(k.any, "<br>")
		if row := "| " + cell + " | " + k.remedy + " |\n"; !strings.Contains(string(text), row) {
			t.Errorf("the guide on troubleshooting lacks the row\n%s", row)
		}
	}
}

func join(fragments []string, by string) string {
	var cells []string
	for _, fragment := range fragments {
		cells = append(cells, "`"+fragment+"`")
	}
	return strings.Join(cells, by)
}
