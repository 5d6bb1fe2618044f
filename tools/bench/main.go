// Command bench measures what the provider costs, compared with the minimum
// that Terraform needs for the same data, its own terraform_data, and with an
// untyped provider if BENCH_PEER names its binary
// (Mongey/terraform-provider-kafka-connect). All run against the in-memory
// Kafka Connect, in turn. It prints Markdown; "make bench" runs it. Linux only.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	if len(os.Args) > 2 && os.Args[1] == wrapCommand {
		os.Exit(wrap(os.Args[2], os.Args[3:]))
	}
	b := bench{peer: os.Getenv("BENCH_PEER")}
	flag.StringVar(&b.terraform, "terraform", "terraform", "the terraform or tofu to run")
	flag.StringVar(&b.provider, "provider", "bin/terraform-provider-debezium", "the provider's binary")
	connectors := flag.Int("connectors", 1000, "how many connectors")
	tables := flag.Int("tables", 500, "how many tables each of them has where memory is measured; 0 leaves that out")
	latencies := flag.String("latencies", "0,100", "after how many milliseconds the worker answers")
	lists := flag.String("lists", "100,1000,10000", "how many tables one connector has; empty leaves that out")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := b.run(ctx, loads(*connectors, *tables, numbers(*latencies), numbers(*lists))); err != nil {
		fmt.Fprintln(os.Stderr, err)
		stop()
		os.Exit(1)
	}
}

// load is what Terraform manages in one row of measurements.
type load struct {
	connectors, tables int
	latency            time.Duration
	alone              bool // measure this provider only
}

func (l load) String() string {
	return fmt.Sprintf("%d connectors with %d tables each, answers after %s", l.connectors, l.tables, l.latency)
}

func loads(connectors, tables int, latencies, lists []int) []load {
	var all []load
	for _, ms := range latencies {
		all = append(all, load{connectors: connectors, tables: 2, latency: time.Duration(ms) * time.Millisecond})
	}
	for _, n := range lists {
		all = append(all, load{connectors: 1, tables: n})
	}
	if tables > 0 {
		all = append(all, load{connectors: connectors, tables: tables, alone: true})
	}
	return all
}

func numbers(list string) []int {
	var all []int
	for text := range strings.SplitSeq(list, ",") {
		if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
			all = append(all, n)
		}
	}
	return all
}

// bench is one run.
type bench struct{ terraform, provider, peer string }

// steps are the measured steps, in order. Each starts from the result of the
// previous one.
var steps = []struct {
	name string
	args []string
}{
	{"plan of new", []string{"plan", "-out=tfplan"}},
	{"apply", []string{"apply", "tfplan"}},
	{"unchanged plan", []string{"plan", "-detailed-exitcode"}},
	{"plan of one changed", []string{"plan", "-var=changed=1"}},
}

func (b bench) run(ctx context.Context, loads []load) error {
	fmt.Printf("%s, %d CPUs, %s/%s. The CPU is user and system time; \"times\" are wall and CPU as multiples of another's in this run.\n\n",
		cpuModel(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
	for _, l := range loads {
		var results []result
		for _, s := range b.subjects(l) {
			measured, err := b.measure(ctx, s, l)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", s.name, l, err)
			}
			results = append(results, measured...)
		}
		printTable(os.Stdout, l, results)
	}
	return nil
}

// measure takes one subject through all steps, with its own directory and
// worker.
func (b bench) measure(ctx context.Context, s subject, l load) ([]result, error) {
	dir, err := os.MkdirTemp("", "debezium-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	w := startWorker(l.latency)
	defer w.stop()
	m, err := b.install(ctx, dir, s, l, w.URL)
	if err != nil {
		return nil, err
	}
	var results []result
	for _, step := range steps {
		w.ResetRequests()
		r, err := m.run(ctx, step.args...)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", step.name, err)
		}
		r.subject, r.step, r.requests = s.name, step.name, len(w.Requests())
		results = append(results, r)
	}
	return results, nil
}

// cpuModel returns the processor's name, if the system reports it.
func cpuModel() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, model, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(model)
		}
	}
	return "unknown CPU"
}
