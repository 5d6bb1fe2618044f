//go:build unix

package main

import (
	"context"
	"strings"

	"golang.org/x/sync/errgroup"
)

// installation holds the directories of the downloads. Those that only the full
// stack has are empty for a small one.
type installation struct{ kafka, plugins, postgres, mysql, morePlugins, converters, mariadb, registry string }

// pluginPath is where a worker finds its plugins.
func (in installation) pluginPath(small bool) string {
	if small {
		return in.plugins
	}
	return strings.Join([]string{in.plugins, in.morePlugins, in.converters}, ",")
}

// part is a download, and where its directory gets noted.
type part struct {
	download
	dir *string
}

// smallParts are what a small stack needs. PostgreSQL is the smallest: see
// fetchAll.
func (in *installation) smallParts() []part {
	return []part{
		{postgresBinaries(), &in.postgres},
		{kafkaLibraries(), &in.kafka},
		{plugins(), &in.plugins},
		{mysqlBinaries(), &in.mysql},
	}
}

// furtherParts are what the full stack needs besides, once Kafka's tools are
// there.
func (in *installation) furtherParts() []part {
	return []part{
		{converterPlugins(in.kafka), &in.converters},
		{morePlugins(in.kafka), &in.morePlugins},
		{mariadbBinaries(), &in.mariadb},
		{registryServer(), &in.registry},
	}
}

// fetch downloads what the cache lacks.
func fetch(ctx context.Context, l layout, e extent) (in installation, err error) {
	if err := checkMachine(ctx); err != nil {
		return in, err
	}
	unlock, err := lock(l.cache)
	if err != nil {
		return in, err
	}
	defer unlock()
	if err := fetchAll(ctx, l.cache, in.smallParts()); err != nil {
		return in, err
	}
	if !e.small {
		if err := fetchAll(ctx, l.cache, in.furtherParts()); err != nil {
			return in, err
		}
	}
	if e.old {
		err = fetchOld(ctx, l.cache)
	}
	return in, err
}

// fetchAll downloads what the cache lacks, side by side but for the first: that
// brings Maven's own plugin, and Maven's local repository isn't made for two
// processes that write the same files.
func fetchAll(ctx context.Context, cache string, parts []part) error {
	var missing []part
	for _, p := range parts {
		dir, there, err := p.cached(cache)
		if err != nil {
			return err
		}
		*p.dir = dir
		if !there {
			missing = append(missing, p)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if _, err := missing[0].fetch(ctx, cache); err != nil {
		return err
	}
	fetching, ctx := errgroup.WithContext(ctx)
	for _, p := range missing[1:] {
		fetching.Go(func() error {
			_, err := p.fetch(ctx, cache)
			return err
		})
	}
	return fetching.Wait()
}
