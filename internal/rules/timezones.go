package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // names must be known even if Terraform's machine has none
)

var zoneRulesOfSinks = []rule{{
	id:         "time-zone",
	title:      "`use.time.zone` is a time zone that Java knows.",
	harm:       Fails,
	properties: []string{"use.time.zone"},
	kinds:      jdbcSink,
	source:     "Debezium 3.5 JdbcSinkConnectorConfig, java.time.ZoneId.of (\"Unknown time-zone ID\")",
	check: func(v *evaluation) {
		if text, ok := v.known("use.time.zone"); ok && isNoZone(text) {
			v.add("use.time.zone", fmt.Sprintf("use.time.zone: %s is not a time zone", quoted(text)), "Examples are Europe/Berlin, UTC and +02:00. "+consequence(Fails))
		}
	},
}}

var (
	zoneOffset = regexp.MustCompile(`^[+-]\d{2}:\d{2}(:\d{2})?$`)
	zoneName   = regexp.MustCompile(`^[A-Za-z]+$|^[A-Za-z_]+/[A-Za-z_/-]+$`)
)

// javaZones are names that Java has beyond those in the time zone database.
var javaZones = strings.Fields("ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST UT Z") //nolint:misspell // ECT is one of them

// isNoZone reports whether a text looks like a time zone's name but certainly
// isn't one.
func isNoZone(text string) bool {
	if !zoneName.MatchString(text) || strings.HasPrefix(text, "SystemV/") || slices.Contains(javaZones, text) {
		return false
	}
	_, err := time.LoadLocation(text)
	return err != nil
}

// namesZone requires a time zone that TimezoneConverter can read.
func namesZone(v *evaluation, p part) (string, string) {
	text, ok := v.known(p.prefix + "converted.timezone")
	if ok && (isNoZone(text) || strings.ContainsAny(text[:1], "+-0123456789") && !zoneOffset.MatchString(text)) {
		return "converted.timezone", fmt.Sprintf("%s is neither the name of a time zone, such as Europe/Berlin, nor an offset such as +02:00", quoted(text))
	}
	return "", ""
}
