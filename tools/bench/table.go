package main

import (
	"fmt"
	"io"
	"time"
)

// printTable prints the costs of all subjects under one load, step by step.
func printTable(w io.Writer, l load, results []result) {
	fmt.Fprintf(w, "**%s**\n\n", l)
	fmt.Fprintf(w, "| step | what | wall, s | CPU of core, s | CPU of provider, s | peak of provider, MB | requests | times %s | times %s |\n", data, theirs)
	fmt.Fprintf(w, "|---|---|--:|--:|--:|--:|--:|--:|--:|\n")
	defer fmt.Fprintln(w)
	for _, step := range steps {
		for _, r := range results {
			if r.step != step.name {
				continue
			}
			fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %d | %d | %s | %s |\n", r.step, r.subject, seconds(r.wall), seconds(r.core),
				seconds(r.provider), r.peak>>10, r.requests, times(r, data, results), times(r, theirs, results))
		}
	}
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()) }

// times compares a result with another subject's in the same step: wall and
// CPU. It returns "" if there is nothing to compare with.
func times(r result, subject string, results []result) string {
	for _, other := range results {
		if other.step == r.step && other.subject == subject && r.subject != subject {
			return fmt.Sprintf("%.2f, %.2f", r.wall.Seconds()/other.wall.Seconds(), r.cpu().Seconds()/other.cpu().Seconds())
		}
	}
	return ""
}
