package acctest

import (
	"encoding/base64"
	"strings"
)

// Base64Content decodes all base64 in text, such as private state.
func Base64Content(text string) string {
	var b strings.Builder
	for run := range strings.FieldsFuncSeq(text, notBase64) {
		if len(run) < 8 {
			continue
		}
		whole := len(run) / 4 * 4
		for _, part := range []string{run[:whole], run[whole:]} {
			plain, _ := base64.RawStdEncoding.DecodeString(part)
			b.Write(plain)
		}
	}
	return b.String()
}

func notBase64(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '+' && r != '/'
}
