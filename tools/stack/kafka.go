//go:build unix

package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/cdc/terraform-provider-debezium/tools/stack/stackfile"
)

// kafkaLibraries are the broker, Kafka Connect and their command-line tools.
// Without an SLF4J provider they would log nothing.
func kafkaLibraries() download {
	return libraries("kafka", "Kafka "+kafkaVersion+" with Kafka Connect, 56 MB",
		artifact{GroupID: "org.apache.kafka", ArtifactID: "kafka_2.13", Version: kafkaVersion},
		artifact{GroupID: "org.apache.kafka", ArtifactID: "connect-runtime", Version: kafkaVersion},
		artifact{GroupID: "org.apache.kafka", ArtifactID: "kafka-tools", Version: kafkaVersion},
		artifact{GroupID: "org.slf4j", ArtifactID: "slf4j-simple", Version: "1.7.36"},
	)
}

// The broker is a single Kafka node in both KRaft roles. %[1]s is its address,
// %[2]s its controller's, %[3]s the data directory.
const brokerProperties = `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@%[2]s
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://%[1]s,CONTROLLER://%[2]s
advertised.listeners=PLAINTEXT://%[1]s
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=%[3]s
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
`

func kafkaComponent(l layout, jars string, k *stackfile.Kafka) component {
	return component{
		name:   "kafka",
		record: &k.Process,
		ports:  []*int{&k.Port, &k.ControllerPort},
		command: func(ctx context.Context) (*exec.Cmd, error) {
			data := filepath.Join(l.dir, "kafka")
			properties := filepath.Join(l.dir, "kafka.properties")
			text := fmt.Sprintf(brokerProperties, address(k.Port), address(k.ControllerPort), data)
			if err := os.WriteFile(properties, []byte(text), 0o644); err != nil {
				return nil, err
			}
			if err := formatStorage(ctx, jars, data, properties); err != nil {
				return nil, err
			}
			return java(jars, "512m", "kafka.Kafka", properties), nil
		},
		ready: func(ctx context.Context) error {
			conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address(k.Port))
			if err == nil {
				conn.Close()
			}
			return err
		},
		stop: syscall.SIGTERM,
	}
}

// formatStorage gives an empty data directory the identity of a new cluster.
func formatStorage(ctx context.Context, jars, data, properties string) error {
	if _, err := os.Stat(filepath.Join(data, "meta.properties")); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	format := java(jars, "256m", "kafka.tools.StorageTool", "format", "-t", newClusterID(), "-c", properties)
	return run(exec.CommandContext(ctx, format.Path, format.Args[1:]...))
}

// newClusterID returns an ID in Kafka's format: 16 random bytes in base64url,
// not starting with a hyphen, which would look like an option.
func newClusterID() string {
	id := make([]byte, 16)
	for {
		_, _ = rand.Read(id) // never fails
		if text := base64.RawURLEncoding.EncodeToString(id); !strings.HasPrefix(text, "-") {
			return text
		}
	}
}

// fastCompiler is for programs that run for minutes: Java's better compiler
// costs more than it gains, a third of the CPU time of the demo's servers, and
// half of Maven's.
const fastCompiler = "-XX:TieredStopAtLevel=1"

// java returns a command that runs a class from a directory of jars, logging to
// standard error.
func java(jars, heap, class string, args ...string) *exec.Cmd {
	options := []string{
		"-Xmx" + heap,
		fastCompiler,
		"-XX:+ExitOnOutOfMemoryError",
		"-Dorg.slf4j.simpleLogger.showDateTime=true",
		"-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS",
		"-cp", filepath.Join(jars, "*"), class,
	}
	return exec.Command("java", append(options, args...)...)
}
