package examples_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// guides are the pages that are written by hand.
const guides = "../templates/guides"

// section is a part of a guide with a heading of the second level.
type section struct {
	title  string
	blocks []block
}

// block is fenced text in a guide.
type block struct {
	language, text string
	// notRun says why no test runs it, as a comment in the guide does:
	// <!-- not run: … -->.
	notRun string
}

var fence = regexp.MustCompile("(?sm)(?:^<!-- not run: ([^\n]*) -->\n)?^ *```(\\w*)\n(.*?)^ *```$")

// sections are a guide's, by their order.
func sections(t *testing.T, guide string) []section {
	t.Helper()
	var all []section
	parts := strings.Split("\n"+readFile(t, filepath.Join(guides, guide)), "\n## ")
	for _, part := range parts[1:] {
		title, text, _ := strings.Cut(part, "\n")
		s := section{title: title}
		for _, m := range fence.FindAllStringSubmatch(text, -1) {
			s.blocks = append(s.blocks, block{notRun: m[1], language: m[2], text: m[3]})
		}
		all = append(all, s)
	}
	return all
}
