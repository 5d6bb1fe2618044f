package acctest

import (
	"encoding/base64"
	"regexp"
	"strings"
)

var inBase64 = regexp.MustCompile(`[A-Za-z0-9+/]{8,}`)

// Base64Content is all that stands in a text in base64, as private state does.
func Base64Content(text string) string {
	var b strings.Builder
	for _, run := range inBase64.FindAllString(text, -1) {
		plain, _ := base64.RawStdEncoding.DecodeString(run[:len(run)/4*4])
		b.Write(plain)
		rest, _ := base64.RawStdEncoding.DecodeString(run[len(run)/4*4:])
		b.Write(rest)
	}
	return b.String()
}
