//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// oldReleases are releases of Kafka Connect still in use, each with the
// Debezium typical of it. Their clients work with the stack's broker.
var oldReleases = []struct{ kafka, debezium string }{
	{"3.9.1", "3.1.3.Final"},
	{"3.6.2", "2.7.4.Final"},
	{"2.8.2", "1.9.8.Final"},
}

// oldKinds are the kinds whose databases the stack has in a version that all of
// these Debeziums support.
var oldKinds = []string{"mysql", "postgres"}

func oldLibraries(kafka string) download {
	return libraries("connect-"+kafka, "Kafka Connect "+kafka,
		artifact{GroupID: "org.apache.kafka", ArtifactID: "connect-runtime", Version: kafka},
		artifact{GroupID: "org.apache.kafka", ArtifactID: "connect-json", Version: kafka},
		artifact{GroupID: "org.apache.kafka", ArtifactID: "connect-transforms", Version: kafka},
		artifact{GroupID: "org.slf4j", ArtifactID: "slf4j-simple", Version: "1.7.36"},
	)
}

func oldPlugins(debezium string) download {
	var items []artifact
	for _, kind := range oldKinds {
		items = append(items, artifact{
			GroupID:         "io.debezium",
			ArtifactID:      "debezium-connector-" + kind,
			Version:         debezium,
			Type:            "tar.gz",
			Classifier:      "plugin",
			OutputDirectory: kind,
		})
	}
	return archives("plugins-"+debezium, "Debezium "+debezium, items...)
}

// fetchOld downloads what the old workers need.
func fetchOld(ctx context.Context, cache string) error {
	for _, release := range oldReleases {
		for _, d := range []download{oldLibraries(release.kafka), oldPlugins(release.debezium)} {
			if _, err := d.fetch(ctx, cache); err != nil {
				return err
			}
		}
	}
	return nil
}

// oldOf returns the old workers that a start concerns: all if they are wanted,
// otherwise those already running.
func oldOf(recorded []stackfile.OldWorker, wanted bool) []stackfile.OldWorker {
	workers := slices.DeleteFunc(slices.Clone(recorded), func(w stackfile.OldWorker) bool { return !w.Running() })
	if !wanted {
		return workers
	}
	for i, release := range oldReleases {
		there := slices.ContainsFunc(workers, func(w stackfile.OldWorker) bool { return w.Kafka == release.kafka })
		if !there {
			workers = append(workers, stackfile.OldWorker{
				Worker: stackfile.Worker{Host: host, Port: 8091 + i},
				Kafka:  release.kafka, Debezium: release.debezium,
			})
		}
	}
	return workers
}

func oldWorkers(l layout, s *stackfile.Stack) group {
	workers := group{}
	for i := range s.Old {
		workers = append(workers, oldWorkerComponent(l, s, &s.Old[i]))
	}
	return workers
}

// %[1]s lists the bootstrap servers, %[2]s is the worker's URL, %[3]s the
// plugin path, %[4]s a unique name for its group and topics.
const oldWorkerProperties = `bootstrap.servers=%[1]s
listeners=%[2]s
plugin.path=%[3]s
group.id=%[4]s
config.storage.topic=%[4]s-configs
config.storage.replication.factor=1
offset.storage.topic=%[4]s-offsets
offset.storage.replication.factor=1
offset.storage.partitions=1
status.storage.topic=%[4]s-status
status.storage.replication.factor=1
status.storage.partitions=1
key.converter=org.apache.kafka.connect.json.JsonConverter
value.converter=org.apache.kafka.connect.json.JsonConverter
offset.flush.interval.ms=2000
scheduled.rebalance.max.delay.ms=0
connector.client.config.override.policy=All
config.providers=file
config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider
`

func oldWorkerComponent(l layout, s *stackfile.Stack, w *stackfile.OldWorker) component {
	name := "connect-" + w.Kafka
	return component{
		name:   name,
		record: &w.Process,
		ports:  []*int{&w.Port},
		command: func(context.Context) (*exec.Cmd, error) {
			jars, err := oldLibraries(w.Kafka).dir(l.cache)
			if err != nil {
				return nil, err
			}
			plugins, err := oldPlugins(w.Debezium).dir(l.cache)
			if err != nil {
				return nil, err
			}
			properties := filepath.Join(l.dir, name+".properties")
			text := fmt.Sprintf(oldWorkerProperties, s.Kafka.BootstrapServers(), w.URL(), plugins, name)
			if err := os.WriteFile(properties, []byte(text), 0o644); err != nil {
				return nil, err
			}
			return java(jars, "512m", "org.apache.kafka.connect.cli.ConnectDistributed", properties), nil
		},
		// They lack /health; a listing waits until the worker is in its group.
		ready: func(ctx context.Context) error { return answers(ctx, w.URL()+"/connectors") },
		stop:  syscall.SIGTERM,
	}
}
