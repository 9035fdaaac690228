package importer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/model"
)

// The keys of the Compose Specification and of version 2, at the places where the
// importer reads: a key that is near to one of them and none itself is misspelt.
var (
	fileKeys    = [...]string{"version", "name", "include", "services", "networks", "volumes", "configs", "secrets", "models"}
	serviceKeys = [...]string{
		"annotations", "attach", "blkio_config", "build", "cap_add", "cap_drop", "cgroup", "cgroup_parent", "command", "configs", "container_name",
		"cpu_count", "cpu_percent", "cpu_period", "cpu_quota", "cpu_rt_period", "cpu_rt_runtime", "cpu_shares", "cpus", "cpuset", "credential_spec",
		"depends_on", "deploy", "develop", "device_cgroup_rules", "devices", "dns", "dns_opt", "dns_search", "domainname", "driver_opts", "entrypoint",
		"env_file", "environment", "expose", "extends", "external_links", "extra_hosts", "gpus", "group_add", "healthcheck", "hostname", "image", "init",
		"ipc", "isolation", "label_file", "labels", "links", "logging", "mac_address", "mem_limit", "mem_reservation", "mem_swappiness", "memswap_limit",
		"models", "network_mode", "networks", "oom_kill_disable", "oom_score_adj", "pid", "pids_limit", "platform", "ports", "post_start", "pre_stop",
		"privileged", "profiles", "provider", "pull_policy", "read_only", "restart", "runtime", "scale", "secrets", "security_opt", "shm_size",
		"stdin_open", "stop_grace_period", "stop_signal", "storage_opt", "sysctls", "tmpfs", "tty", "ulimits", "use_api_socket", "user", "userns_mode",
		"uts", "volumes", "volumes_from", "working_dir", "volume_driver", "net", "dockerfile", "cpu_set",
	}
	dependsKeys = [...]string{"condition", "restart", "required"}
	deployKeys  = [...]string{"mode", "replicas", "endpoint_mode", "placement", "resources", "restart_policy", "rollback_config", "update_config", "labels"}
	healthKeys  = [...]string{"test", "interval", "timeout", "retries", "start_period", "start_interval", "disable"}
)

// misspeltIn looks at the keys of one service.
func (r *reader) misspeltIn(n *model.Node) {
	r.misspelt(n, serviceKeys[:])
	r.misspelt(n.Get("deploy"), deployKeys[:])
	r.misspelt(n.Get("healthcheck"), healthKeys[:])
	if depends := n.Get("depends_on"); depends != nil {
		for _, f := range depends.Fields {
			r.misspelt(f.Value, dependsKeys[:])
		}
	}
}

// misspelt warns of keys that are one slip away from a key there is: so near to a public
// word, they are quoted. Others may be
// of a newer version.
func (r *reader) misspelt(n *model.Node, known []string) {
	if n == nil {
		return
	}
	for _, f := range n.Fields {
		if slices.Contains(known, f.Key) || strings.HasPrefix(f.Key, "x-") {
			continue
		}
		if near := model.Suggest(f.Key, known); near != "" {
			r.say(model.Warning, "import-ignored", f.KeyPos, strconv.Quote(f.Key)+" is no key of compose files, and ignored", "did you mean "+strconv.Quote(near)+"?")
		}
	}
}
