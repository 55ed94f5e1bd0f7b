package dev.slipway.sandbox.runc;

import dev.slipway.sandbox.PreparedRoot;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.filter.ContainerCapability;
import dev.slipway.sandbox.filter.DeniedCall;
import dev.slipway.sandbox.filter.DeniedSocketFamily;
import dev.slipway.sandbox.filter.KernelPaths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A step as the {@code config.json} of a bundle, by the OCI runtime specification 1.0. */
final class RuntimeBundle {
  private final PreparedRoot root;
  private final ProcessSpec process;
  private final boolean held;

  RuntimeBundle(PreparedRoot root, ProcessSpec process) {
    this.root = root;
    this.process = process;
    held = process.security() == ProcessSpec.Security.SANDBOX;
  }

  String config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("ociVersion", "1.0.2");
    config.put("process", process());
    config.put("root", Map.of("path", root.path().toString(), "readonly", false));
    config.put("hostname", process.hostname());
    config.put("mounts", mounts());
    config.put("linux", linux());
    return JsonWriter.write(config);
  }

  private Map<String, Object> process() {
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("uid", process.uid() & 0xffffffffL);
    user.put("gid", process.gid() & 0xffffffffL);
    user.put("umask", 022);
    user.put("additionalGids", process.groups().stream().map(gid -> gid & 0xffffffffL).toList());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("terminal", false);
    result.put("user", user);
    result.put("args", process.argv());
    result.put("env", process.environment());
    result.put("cwd", process.workingDirectory());
    result.put("capabilities", capabilities());
    result.put("noNewPrivileges", false);
    List<Object> limits = new ArrayList<>();
    for (ProcessSpec.Ulimit limit : process.ulimits()) {
      limits.add(
          Map.of(
              "type",
              "RLIMIT_" + limit.name().toUpperCase(Locale.ROOT),
              "soft",
              limit.soft(),
              "hard",
              limit.hard()));
    }
    result.put("rlimits", limits);
    return result;
  }

  private static Map<String, Object> capabilities() {
    List<String> names =
        Arrays.stream(ContainerCapability.values()).map(ContainerCapability::label).toList();
    return Map.of("bounding", names, "effective", names, "permitted", names);
  }

  private List<Object> mounts() {
    List<Object> mounts = new ArrayList<>();
    mounts.add(mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev"));
    mounts.add(mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"));
    mounts.add(
        mount(
            "/dev/pts",
            "devpts",
            "devpts",
            "nosuid",
            "noexec",
            "newinstance",
            "ptmxmode=0666",
            "mode=0620"));
    if (!root.hasAttachmentAt(PreparedRoot.SHARED_MEMORY)) {
      mounts.add(
          mount(
              PreparedRoot.SHARED_MEMORY,
              "tmpfs",
              "shm",
              "nosuid",
              "noexec",
              "nodev",
              "mode=1777",
              "size=" + ProcessSpec.SHM_SIZE));
    }
    mounts.add(mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev"));
    addSys(mounts);
    for (PreparedRoot.Attachment attachment : root.attachments()) {
      mounts.add(
          mount(
              attachment.target(),
              "none",
              attachment.source().toString(),
              "rbind",
              attachment.readOnly() ? "ro" : "rw"));
    }
    return mounts;
  }

  /** With a network of its own a step has a {@code /sys} too, without the host's interfaces. */
  private void addSys(List<Object> mounts) {
    if (process.network() == ProcessSpec.Network.NONE) {
      mounts.add(mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro"));
      mounts.add(fromHost("/sys/fs/cgroup"));
    } else {
      mounts.add(fromHost("/sys"));
    }
  }

  private static Map<String, Object> fromHost(String path) {
    return mount(path, "none", path, "rbind", "nosuid", "noexec", "nodev", "ro");
  }

  private static Map<String, Object> mount(
      String target, String type, String source, String... options) {
    Map<String, Object> mount = new LinkedHashMap<>();
    mount.put("destination", target);
    mount.put("type", type);
    mount.put("source", source);
    mount.put("options", List.of(options));
    return mount;
  }

  private Map<String, Object> linux() {
    Map<String, Object> linux = new LinkedHashMap<>();
    List<Object> namespaces = new ArrayList<>();
    for (String type : List.of("pid", "ipc", "uts", "mount", "cgroup")) {
      namespaces.add(Map.of("type", type));
    }
    if (process.network() == ProcessSpec.Network.NONE) {
      namespaces.add(Map.of("type", "network"));
    }
    linux.put("namespaces", namespaces);
    if (held) {
      linux.put("maskedPaths", absolute(KernelPaths.HIDDEN));
      linux.put("readonlyPaths", absolute(KernelPaths.READ_ONLY));
      linux.put("seccomp", seccomp());
    }
    return linux;
  }

  private static List<String> absolute(List<String> paths) {
    return paths.stream().map(path -> "/" + path).toList();
  }

  private static Map<String, Object> seccomp() {
    List<String> denied = Arrays.stream(DeniedCall.values()).map(DeniedCall::label).toList();
    Map<String, Object> refused = new LinkedHashMap<>();
    refused.put("names", denied);
    refused.put("action", "SCMP_ACT_ERRNO");
    Map<String, Object> newNamespaces = new LinkedHashMap<>();
    newNamespaces.put("names", List.of("clone"));
    newNamespaces.put("action", "SCMP_ACT_ERRNO");
    List<Object> anyFlag = new ArrayList<>();
    for (int bit : new int[] {17, 25, 26, 27, 28, 29, 30}) {
      long flag = 1L << bit;
      Map<String, Object> rule = new LinkedHashMap<>(newNamespaces);
      rule.put(
          "args",
          List.of(Map.of("index", 0, "value", flag, "valueTwo", flag, "op", "SCMP_CMP_MASKED_EQ")));
      anyFlag.add(rule);
    }
    List<Object> rules = new ArrayList<>();
    rules.add(refused);
    rules.addAll(anyFlag);
    for (DeniedSocketFamily family : DeniedSocketFamily.values()) {
      Map<String, Object> rule = new LinkedHashMap<>();
      rule.put("names", List.of("socket"));
      rule.put("action", "SCMP_ACT_ERRNO");
      rule.put("args", List.of(Map.of("index", 0, "value", family.number(), "op", "SCMP_CMP_EQ")));
      rules.add(rule);
    }
    Map<String, Object> clone3 = new LinkedHashMap<>();
    clone3.put("names", List.of("clone3"));
    clone3.put("action", "SCMP_ACT_ERRNO");
    clone3.put("errnoRet", 38);
    rules.add(clone3);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("defaultAction", "SCMP_ACT_ALLOW");
    result.put("syscalls", rules);
    return result;
  }
}
