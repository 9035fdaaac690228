package folder

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/taut-dev/taut/model"
)

// repository reads old versions of files with the program git. The repository
// may be a stranger's: nothing that its configuration names is run, and nothing
// is fetched.
type repository struct {
	ctx    context.Context
	dir    string // where git runs: the folder of the file
	prefix string // of that folder in the repository: "" or "examples/shop/"
}

// gitSafe are the options before every git command: no program out of the
// repository's configuration, no hooks, no writing.
var gitSafe = []string{"-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.external=", "--no-optional-locks", "--no-pager"}

// gitKept are the variables of git that are the user's own and say where to
// stop looking and whom to trust. All others of git are dropped: some name programs.
var gitKept = []string{"GIT_CEILING_DIRECTORIES=", "GIT_CONFIG_"}

// gitEnvironment is what git runs with.
func gitEnvironment(environ []string) []string {
	var out []string
	for _, v := range environ {
		if !strings.HasPrefix(v, "GIT_") || strings.HasPrefix(v, gitKept[0]) || strings.HasPrefix(v, gitKept[1]) {
			out = append(out, v)
		}
	}
	return append(out, "GIT_CONFIG_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0", "GIT_ALLOW_PROTOCOL=none", "GIT_NO_LAZY_FETCH=1",
		"GIT_LITERAL_PATHSPECS=1", "GIT_NO_REPLACE_OBJECTS=1", "LC_ALL=C", "LANGUAGE=")
}

// openRepository finds the repository that holds a folder.
func openRepository(ctx context.Context, dir string) (*repository, error) {
	r := &repository{ctx: ctx, dir: dir}
	out, err := r.git(1<<16, "rev-parse", "--show-prefix")
	if errors.Is(err, exec.ErrNotFound) {
		return nil, errors.New("old versions are read with git, which is not installed")
	}
	if err != nil {
		return nil, fmt.Errorf("a revision needs a git repository, and %s is in none: %v; compare two files instead", dir, err)
	}
	r.prefix = strings.TrimSuffix(string(out), "\n")
	return r, nil
}

// git runs one command and gives at most so many bytes of its output. The error
// is what git itself says, on one line.
func (r *repository) git(most int, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(r.ctx, "git", append(append([]string{}, gitSafe...), args...)...)
	cmd.Dir, cmd.Env, cmd.WaitDelay = r.dir, gitEnvironment(os.Environ()), time.Second
	said := &capped{room: 4 << 10}
	cmd.Stderr = said
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(pipe, int64(most)))
	if len(out) == most {
		// There may be more: git stops when nobody listens.
		return out, errors.Join(err, pipe.Close(), ignoreExit(cmd.Wait()))
	}
	if ended := cmd.Wait(); ended != nil {
		line, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
		if line = strings.TrimPrefix(line, "fatal: "); line == "" {
			line = ended.Error()
		}
		return out, errors.New(model.Safe(line))
	}
	return out, err
}

// ignoreExit drops the exit status of a program that was cut short.
func ignoreExit(err error) error {
	if _, ended := errors.AsType[*exec.ExitError](err); ended {
		return nil
	}
	return err
}

// capped keeps the beginning of what is written to it.
type capped struct {
	bytes.Buffer
	room int
}

func (c *capped) Write(p []byte) (int, error) {
	c.Buffer.Write(p[:min(len(p), max(0, c.room-c.Len()))])
	return len(p), nil
}

// mergeBase finds the commit at which HEAD and a revision parted: what a pull
// request is compared with.
func (r *repository) mergeBase(revision string) (commit string, err error) {
	if revision == "" || strings.HasPrefix(revision, "-") || strings.ContainsAny(revision, ":\x00\n\r") {
		return "", fmt.Errorf("%q is no revision: name a branch, a tag or a commit", revision)
	}
	base, err := r.commit(revision)
	if err != nil {
		return "", fmt.Errorf("git knows no revision %q here%s", revision, r.fetchHint(revision))
	}
	head, err := r.commit("HEAD")
	if err != nil {
		return "", errors.New("this repository has no commit yet: there is nothing to compare with")
	}
	out, err := r.git(1<<10, "merge-base", base, head)
	if err != nil || len(out) == 0 {
		if r.shallow() {
			return "", fmt.Errorf("this clone is shallow and lacks the commit at which %q and HEAD parted; run git fetch --unshallow (in GitHub Actions: actions/checkout with fetch-depth: 0)", revision)
		}
		return "", fmt.Errorf("%q and HEAD have no commit in common", revision)
	}
	return strings.TrimSpace(string(out)), nil
}

// commit resolves a revision.
func (r *repository) commit(revision string) (string, error) {
	out, err := r.git(1<<10, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	return strings.TrimSpace(string(out)), err
}

func (r *repository) shallow() bool {
	out, err := r.git(1<<10, "rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(string(out)) == "true"
}

// fetchHint says how a revision that is not here may come here.
func (r *repository) fetchHint(revision string) string {
	if r.shallow() {
		return ": the clone is shallow; fetch it first, with git fetch --unshallow (in GitHub Actions: actions/checkout with fetch-depth: 0)"
	}
	if branch, ok := strings.CutPrefix(revision, "origin/"); ok {
		return "; fetch it first, with git fetch origin " + branch
	}
	return "; check its name with git branch --all, or fetch it first"
}

// revisionFS is the folder of the file as it was in a commit. It serves one
// load: folders that were listed are kept.
type revisionFS struct {
	repo   *repository
	commit string
	limit  int // most bytes of one file
	listed map[string][]treeEntry
}

// treeEntry is a file or folder in a commit.
type treeEntry struct {
	name string
	mode fs.FileMode
	size int64
}

// treeRoom bounds the listing of one folder.
const treeRoom = 16 << 20

// entries lists a folder of the commit.
func (f *revisionFS) entries(dir string) ([]treeEntry, error) {
	if list, ok := f.listed[dir]; ok {
		return list, nil
	}
	object := f.commit + ":" + strings.TrimSuffix(path.Join(f.repo.prefix, dir), "/")
	if f.repo.prefix == "" && dir == "." {
		object = f.commit + ":"
	}
	out, err := f.repo.git(treeRoom, "ls-tree", "-z", "-l", "--full-tree", "--end-of-options", object)
	if err == nil && len(out) == treeRoom {
		err = fmt.Errorf("too many files in one folder")
	}
	if err != nil && strings.Contains(strings.ToLower(err.Error()), "not a ") {
		err = nil // "not a valid object name", "not a tree object": there is no such folder
	}
	if err != nil {
		return nil, err
	}
	var list []treeEntry
	for record := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		about, name, _ := strings.Cut(record, "\t")
		if words := strings.Fields(about); len(words) == 4 {
			size, _ := strconv.ParseInt(words[3], 10, 64)
			list = append(list, treeEntry{name, gitMode(words[0]), size})
		}
	}
	f.listed[dir] = list
	return list, nil
}

// gitMode tells files from folders, links and submodules.
func gitMode(octal string) fs.FileMode {
	switch octal {
	case "100644", "100755", "100664":
		return 0o444
	case "040000":
		return fs.ModeDir | 0o555
	case "120000":
		return fs.ModeSymlink | 0o777
	}
	return fs.ModeIrregular
}

// Stat finds an entry without reading it.
func (f *revisionFS) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	if name == "." {
		return gitInfo{treeEntry{".", fs.ModeDir | 0o555, 0}}, nil
	}
	list, err := f.entries(path.Dir(name))
	if err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	for _, e := range list {
		if e.name == path.Base(name) {
			return gitInfo{e}, nil
		}
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

// ReadDir lists a folder by name.
func (f *revisionFS) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := f.entries(name)
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	var out []fs.DirEntry
	for _, e := range list {
		out = append(out, fs.FileInfoToDirEntry(gitInfo{e}))
	}
	return out, nil
}

// Open reads a regular file whole, up to one byte past the limit: enough for
// its reader to see that it is too large.
func (f *revisionFS) Open(name string) (fs.File, error) {
	info, err := f.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is not a regular file")}
	}
	out, err := f.repo.git(f.limit+1, "show", "--no-textconv", "--end-of-options", f.commit+":"+path.Join(f.repo.prefix, name))
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &gitFile{info, bytes.NewReader(out)}, nil
}

// gitInfo describes an entry of a commit.
type gitInfo struct{ e treeEntry }

func (i gitInfo) Name() string       { return i.e.name }
func (i gitInfo) Size() int64        { return i.e.size }
func (i gitInfo) Mode() fs.FileMode  { return i.e.mode }
func (i gitInfo) ModTime() time.Time { return time.Time{} }
func (i gitInfo) IsDir() bool        { return i.e.mode.IsDir() }
func (i gitInfo) Sys() any           { return nil }

// gitFile is a file of a commit, in memory.
type gitFile struct {
	info fs.FileInfo
	*bytes.Reader
}

func (f *gitFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *gitFile) Close() error               { return nil }

// At gives a folder as it was when HEAD and a revision parted. The file of that
// name must have been in it; limit is the most bytes of a file that are read. Whatever is wrong (no git, no repository, no such
// revision, no common commit, no such file) is an error in one line.
func At(ctx context.Context, dir, name, revision string, limit int) (fs.FS, error) {
	repo, err := openRepository(ctx, dir)
	if err != nil {
		return nil, err
	}
	commit, err := repo.mergeBase(revision)
	if err != nil {
		return nil, err
	}
	shown := path.Join(filepath.ToSlash(dir), name)
	past := &revisionFS{repo: repo, commit: commit, limit: limit, listed: map[string][]treeEntry{}}
	switch info, err := past.Stat(name); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s is not in %s (commit %.12s, where it and HEAD parted): the file is new, and there is nothing to compare it with", shown, revision, commit)
	case err != nil:
		return nil, fmt.Errorf("cannot read %s in %s: %v", shown, revision, Reason(err))
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no regular file in %s", shown, revision)
	}
	return past, nil
}
