package catalog

import "slices"

// Releases are versions that stand for every release of the kind, captured or
// not, oldest first: the captured ones, each minor release from 1.9 to the
// newest that any kind was captured in, and the one after that.
func (k *Kind) Releases() []Version {
	newest := newestOfAll()
	all := slices.Clone(k.versions)
	all = append(all, lastOf(1, 9))
	for minor := range 8 {
		all = append(all, lastOf(2, minor))
	}
	for minor := range newest.Minor + 2 { // all of the newest major, and one to come
		all = append(all, lastOf(newest.Major, minor))
	}
	slices.SortFunc(all, Version.Compare)
	return slices.Compact(all)
}

// lastOf is the last release of a minor one.
func lastOf(major, minor int) Version { return Version{Major: major, Minor: minor, Patch: anyPatch} }

func newestOfAll() Version {
	var newest Version
	for _, k := range load() {
		newest = slices.MaxFunc([]Version{newest, k.Newest()}, Version.Compare)
	}
	return newest
}

// Covers reports whether a version lies within the minor releases that were
// captured. Outside of them the data says what was or will be most likely, not
// what surely is.
func (k *Kind) Covers(v Version) bool {
	oldest, newest := k.versions[0], k.Newest()
	return !v.Less(Version{Major: oldest.Major, Minor: oldest.Minor}) && !lastOf(newest.Major, newest.Minor).Less(v)
}
