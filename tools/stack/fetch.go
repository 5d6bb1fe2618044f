//go:build unix

package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

const (
	kafkaVersion    = "4.3.1"
	debeziumVersion = "3.5.0.Final"
)

// download is something that Maven fetches into its own directory in the cache,
// shared by all stacks of a user.
type download struct {
	name   string
	what   string // for those who wait: what it is, and how large
	pom    pom
	goal   string
	finish func(ctx context.Context, dir string) error // may be nil
	// repository is Maven's local repository; empty means the user's own.
	repository string
}

// pom is the part of Maven's project file that downloads need.
type pom struct {
	XMLName      xml.Name   `xml:"project"`
	ModelVersion string     `xml:"modelVersion"`
	GroupID      string     `xml:"groupId"`
	ArtifactID   string     `xml:"artifactId"`
	Version      string     `xml:"version"`
	Packaging    string     `xml:"packaging"`
	Dependencies []artifact `xml:"dependencies>dependency"`
	Plugin       struct {
		GroupID    string     `xml:"groupId"`
		ArtifactID string     `xml:"artifactId"`
		Version    string     `xml:"version"`
		Excludes   string     `xml:"configuration>excludes"`
		Items      []artifact `xml:"configuration>artifactItems>artifactItem"`
	} `xml:"build>plugins>plugin"`
}

type artifact struct {
	GroupID    string `xml:"groupId"`
	ArtifactID string `xml:"artifactId"`
	Version    string `xml:"version"`
	Type       string `xml:"type,omitempty"`
	Classifier string `xml:"classifier,omitempty"`
	// Includes and OutputDirectory apply if the artifact is unpacked.
	Includes        string `xml:"includes,omitempty"`
	OutputDirectory string `xml:"outputDirectory,omitempty"`
}

func newPom() pom {
	p := pom{ModelVersion: "4.0.0", GroupID: "stack", ArtifactID: "stack", Version: "1", Packaging: "pom"}
	p.Plugin.GroupID = "org.apache.maven.plugins"
	p.Plugin.ArtifactID = "maven-dependency-plugin"
	// Later versions read the archives' own descriptors, and ibmi's names a
	// parent that isn't in any registry.
	p.Plugin.Version = "2.8"
	// This version unpacks a tar archive's extended headers as files, named
	// like the jars that they describe.
	p.Plugin.Excludes = "**/PaxHeaders.X/**"
	return p
}

// libraries downloads artifacts with all their runtime dependencies.
func libraries(name, what string, artifacts ...artifact) download {
	p := newPom()
	p.Dependencies = artifacts
	return download{name: name, what: what, pom: p, goal: "dependency:copy-dependencies"}
}

// archives downloads and unpacks artifacts, each into its OutputDirectory.
func archives(name, what string, artifacts ...artifact) download {
	p := newPom()
	p.Plugin.Items = artifacts
	return download{name: name, what: what, pom: p, goal: "dependency:unpack"}
}

// dir returns the download's directory in the cache. Its name contains a
// checksum of the request, so that another version is another directory.
func (d download) dir(cache string) (string, error) {
	text, err := xml.Marshal(d.pom)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return filepath.Join(cache, d.name+"-"+hex.EncodeToString(sum[:4])), nil
}

// cached returns the download's directory in the cache, and whether it is there.
func (d download) cached(cache string) (dir string, there bool, err error) {
	if dir, err = d.dir(cache); err != nil {
		return "", false, err
	}
	_, err = os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return dir, false, nil
	}
	return dir, err == nil, err
}

// fetch downloads whatever the cache doesn't have yet and returns its
// directory. An interrupted download leaves nothing that looks complete.
func (d download) fetch(ctx context.Context, cache string) (string, error) {
	dir, there, err := d.cached(cache)
	if there || err != nil {
		return dir, err
	}
	began := time.Now()
	fmt.Printf("%-13s downloading %s\n", d.name, d.what)
	staging := dir + ".part"
	if err := os.RemoveAll(staging); err != nil {
		return "", err
	}
	if err := d.maven(ctx, staging); err != nil {
		return "", fmt.Errorf("downloading %s: %w", d.name, err)
	}
	if d.finish != nil {
		if err := d.finish(ctx, staging); err != nil {
			return "", fmt.Errorf("unpacking %s: %w", d.name, err)
		}
	}
	if err := os.Rename(staging, dir); err != nil {
		return "", err
	}
	fmt.Printf("%-13s downloaded and unpacked in %.1f s\n", d.name, time.Since(began).Seconds())
	return dir, nil
}

// maven runs the download's goal with its output in dir.
func (d download) maven(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	items := slices.Clone(d.pom.Plugin.Items)
	for i := range items {
		items[i].OutputDirectory = filepath.Join(dir, items[i].OutputDirectory)
	}
	d.pom.Plugin.Items = items
	text, err := xml.MarshalIndent(d.pom, "", "  ")
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "stack-maven-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := os.WriteFile(filepath.Join(work, "pom.xml"), text, 0o644); err != nil {
		return err
	}
	args := []string{"-q", "-B", "-f", filepath.Join(work, "pom.xml"), d.goal, "-DincludeScope=runtime", "-DoutputDirectory=" + dir}
	if d.repository != "" {
		args = append(args, "-Dmaven.repo.local="+d.repository)
	}
	mvn := exec.CommandContext(ctx, "mvn", args...)
	mvn.Env = append(os.Environ(), "MAVEN_OPTS="+fastCompiler+" "+os.Getenv("MAVEN_OPTS"))
	return run(mvn)
}

// run runs a command to completion; errors include its output.
func run(cmd *exec.Cmd) error {
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", filepath.Base(cmd.Path), err, lastLines(out, 15))
	}
	return nil
}
