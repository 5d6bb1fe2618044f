package catalog

import "slices"

// Releases returns versions that represent every release of the kind, captured
// or not, oldest first: the captured ones, each minor release from 1.9 to the
// newest in which any kind was captured, and the one after that.
func (k *Kind) Releases() []Version {
	newest := newestOfAll()
	all := slices.Clone(k.versions)
	all = append(all, lastOf(1, 9))
	for minor := range 8 {
		all = append(all, lastOf(2, minor))
	}
	for minor := range newest.Minor + 2 { // all of the newest major, and one more
		all = append(all, lastOf(newest.Major, minor))
	}
	slices.SortFunc(all, Version.Compare)
	return slices.Compact(all)
}

// lastOf returns the last release of a minor version.
func lastOf(major, minor int) Version { return Version{Major: major, Minor: minor, Patch: anyPatch} }

func newestOfAll() Version {
	var newest Version
	for _, k := range load() {
		newest = slices.MaxFunc([]Version{newest, k.Newest()}, Version.Compare)
	}
	return newest
}

// Covers reports whether a version is within the captured minor releases.
// Outside of them the data says what most likely was or will be, not what
// certainly is.
func (k *Kind) Covers(v Version) bool {
	oldest, newest := k.versions[0], k.Newest()
	return !v.Less(Version{Major: oldest.Major, Minor: oldest.Minor}) && !lastOf(newest.Major, newest.Minor).Less(v)
}
