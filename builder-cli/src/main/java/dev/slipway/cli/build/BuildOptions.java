package dev.slipway.cli.build;

import static dev.slipway.cli.options.Option.repeated;
import static dev.slipway.cli.options.Option.single;
import static dev.slipway.cli.options.Option.toggle;

import dev.slipway.cli.options.Option;
import dev.slipway.cli.options.OptionTable;
import java.util.ArrayList;
import java.util.List;

/** The options of {@code slipway build}: docker buildx's by their names, then our own. */
public final class BuildOptions {
  private static final char NONE = 0;

  private BuildOptions() {}

  public static OptionTable table() {
    List<Option> options = new ArrayList<>();
    addInputs(options);
    addImage(options);
    options.add(
        Option.optional(
            "squash",
            "new|all|from:STAGE",
            "The image",
            "make one layer of those of this build (new, or nothing said), of all, or of those above"
                + " a stage or a layer's digest"));
    options.addAll(results());
    addLooks(options);
    addSteps(options);
    addChecks(options);
    addCacheAndRegistries(options);
    options.addAll(AttestationOptions.options());
    options.addAll(ForeignOptions.options());
    return new OptionTable(options);
  }

  private static void addInputs(List<Option> options) {
    String group = "What is built";
    options.add(
        single("file", 'f', "FILE", group, "the Dockerfile; \"-\" reads it from standard input"));
    options.add(single("target", NONE, "STAGE", group, "the stage to build instead of the last"));
    options.add(
        repeated(
            "build-arg",
            NONE,
            "NAME[=VALUE]",
            group,
            "a value for an ARG; without one, the variable of the environment"));
    options.add(
        repeated(
            "build-context",
            NONE,
            "NAME=VALUE",
            group,
            "a further context: a directory, docker-image://, oci-layout://, target:STAGE, a git"
                + " or http URL"));
    options.add(
        repeated(
            "platform",
            NONE,
            "OS/ARCH",
            group,
            "the platforms to build for; several make an" + " index"));
  }

  private static void addImage(List<Option> options) {
    String group = "The image";
    options.add(repeated("tag", 't', "NAME[:TAG]", group, "a name of the image"));
    options.add(repeated("label", NONE, "NAME=VALUE", group, "a label of the image"));
    options.add(
        repeated(
            "annotation",
            NONE,
            "[WHERE:]NAME=VALUE",
            group,
            "an OCI annotation; WHERE is manifest,"
                + " index, manifest-descriptor or index-descriptor"));
  }

  /** The options of whatever makes an image: where it goes, and how that is told. */
  public static List<Option> results() {
    List<Option> options = new ArrayList<>();
    String group = "Where it goes";
    options.add(
        repeated(
            "output",
            'o',
            "TYPE",
            group,
            "type=oci|docker|local|tar|registry,dest=PATH; \"-\" is standard output, a path alone"
                + " is type=local"));
    options.add(toggle("push", NONE, group, "short for --output type=registry"));
    options.add(single("compression", NONE, "gzip|zstd|none", group, "how layers are compressed"));
    options.add(single("compression-level", NONE, "N", group, "how hard"));
    options.add(single("iidfile", NONE, "FILE", group, "write the image's id to FILE"));
    options.add(
        single("metadata-file", NONE, "FILE", group, "write what was built to FILE, as JSON"));
    options.add(
        single(
            "progress",
            NONE,
            "KIND",
            group,
            "auto, plain, tty, quiet or rawjson; auto is tty on a terminal"));
    options.add(toggle("quiet", 'q', group, "print the image's id and nothing else"));
    options.add(toggle("timings", NONE, group, "tell where the time went"));
    return options;
  }

  private static void addLooks(List<Option> options) {
    String group = "Instead of building";
    options.add(toggle("check", NONE, group, "tell what is wrong with the Dockerfile"));
    options.add(
        single(
            "call",
            NONE,
            "WHAT[,format=json]",
            group,
            "check; outline: the arguments, secrets and agents of the target; targets: the stages"));
  }

  private static void addSteps(List<Option> options) {
    String group = "How steps run";
    options.add(
        repeated("secret", NONE, "id=ID[,src=FILE|,env=NAME]", group, "a secret for RUN --mount"));
    options.add(
        repeated(
            "ssh",
            NONE,
            "default|ID[=SOCKET|=KEY]",
            group,
            "an SSH agent, or private keys, for RUN --mount=type=ssh"));
    options.add(
        single("network", NONE, "MODE", group, "default, none or host, where RUN says nothing"));
    options.add(
        repeated(
            "add-host",
            NONE,
            "NAME:ADDRESS",
            group,
            "a line for /etc/hosts; host-gateway is the address of this machine"));
    options.add(single("shm-size", NONE, "SIZE", group, "the size of /dev/shm, as 64m"));
    options.add(repeated("ulimit", NONE, "NAME=SOFT[:HARD]", group, "a resource limit"));
    options.add(
        repeated(
            "allow",
            NONE,
            "ENTITLEMENT",
            group,
            "let steps ask for network.host or" + " security.insecure"));
    options.add(
        single(
            "sandbox",
            NONE,
            "KIND",
            group,
            "auto, namespaces, runc, crun, bubblewrap or chroot; \"slipway doctor\" tells what works"));
    options.add(
        single(
            "jobs", NONE, "N", group, "how many steps run at once; four a processor if not said"));
  }

  private static void addChecks(List<Option> options) {
    String group = "What the image must be";
    options.add(
        single(
            "start-check",
            NONE,
            "warn|error|off",
            group,
            "whether the command can be started, by looking at the files; warn if not said"));
    options.add(
        Option.optional(
            "fix",
            "FILE",
            group,
            "add the COPY lines without which the image does not start to the Dockerfile, or write"
                + " it so to FILE, and build that"));
    options.add(
        Option.toggle(
            "fix-hints",
            NONE,
            group,
            "--fix, with the lines of hints too: certificates, character sets, name services"));
    options.add(
        single(
            "hygiene",
            NONE,
            "warn|error|off",
            group,
            "whether it ships secrets, or what only lay in the context; warn if not said"));
    options.addAll(LimitOptions.options(group));
  }

  private static void addCacheAndRegistries(List<Option> options) {
    String group = "Cache and registries";
    options.add(toggle("no-cache", NONE, group, "run every step again"));
    options.add(repeated("no-cache-filter", NONE, "STAGE", group, "run these stages again"));
    options.add(toggle("pull", NONE, group, "ask registries for newer base images"));
    options.addAll(SharedCacheOptions.options(group));
    options.addAll(CacheOptions.location(group));
    options.addAll(registries(group));
  }

  /**
   * The options that say how registries are reached; {@link RequestReader#registries} reads them.
   */
  public static List<Option> registries(String group) {
    List<Option> options = new ArrayList<>();
    options.add(
        repeated("plain-http", NONE, "HOST[:PORT]", group, "speak to this registry without TLS"));
    options.add(
        repeated(
            "skip-tls-verify",
            NONE,
            "HOST[:PORT]",
            group,
            "do not check this registry's" + " certificate"));
    options.add(
        single("registry-ca", NONE, "FILE", group, "further certificate authorities, as PEM"));
    options.add(repeated("registry-mirror", NONE, "HOST=MIRROR", group, "ask MIRROR before HOST"));
    return options;
  }
}
