package dev.slipway.cli.build;

import static dev.slipway.cli.options.Option.always;
import static dev.slipway.cli.options.Option.idle;
import static dev.slipway.cli.options.Option.refused;

import dev.slipway.cli.options.Option;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of docker's and buildah's builds that are not ours: each is known by its name, so
 * that whoever brings a command line from there is told what to say instead.
 */
final class ForeignOptions {
  private ForeignOptions() {}

  static List<Option> options() {
    List<Option> options = new ArrayList<>();
    addDaemon(options);
    addLimits(options);
    addContainers(options);
    addImage(options);
    addSources(options);
    addRegistries(options);
    return options;
  }

  private static void addDaemon(List<Option> options) {
    options.add(idle("compress"));
    options.add(idle("force-rm"));
    options.add(idle("rm"));
    options.add(refused("builder", "VALUE", "there is no daemon to choose"));
    options.add(refused("debug", 'D', "", "there is no debugger"));
    options.add(refused("invoke", "VALUE", "there is no debugger"));
    options.add(
        refused("load", "", "pipe it: slipway build -o type=docker,dest=- … | docker load"));
    options.add(refused("policy", "VALUE", "source policies are not read"));
    options.add(refused("source-policy-file", "VALUE", "source policies are not read"));
    options.add(refused("print", "VALUE", "it is called --call"));
    options.add(refused("logfile", "VALUE", "the log is on standard error"));
    options.add(refused("logsplit", "", "the log is on standard error"));
    options.add(refused("stdin", "", "steps read nothing from standard input"));
  }

  private static void addLimits(List<Option> options) {
    String limits = "steps have no limits of their own";
    options.add(refused("memory", 'm', "VALUE", limits));
    options.add(refused("cpu-shares", 'c', "VALUE", limits));
    for (String name :
        List.of("memory-swap", "cpu-period", "cpu-quota", "cpuset-cpus", "cpuset-mems")) {
      options.add(refused(name, "VALUE", limits));
    }
    options.add(refused("cgroup-parent", "VALUE", "steps stay in the caller's control group"));
  }

  private static void addContainers(List<Option> options) {
    options.add(refused("isolation", "VALUE", "use --sandbox"));
    options.add(refused("security-opt", "VALUE", "use --sandbox and --allow"));
    options.add(refused("runtime", "VALUE", "use --sandbox"));
    options.add(refused("runtime-flag", "VALUE", "use --sandbox"));
    options.add(refused("device", "VALUE", "steps get no devices of the machine"));
    options.add(refused("hooks-dir", "VALUE", "steps have no hooks"));
    options.add(refused("volume", 'v', "VALUE", "use --build-context and RUN --mount=from="));
    String capabilities = "steps have a container's usual capabilities; see RUN --security";
    options.add(refused("cap-add", "VALUE", capabilities));
    options.add(refused("cap-drop", "VALUE", capabilities));
    String namespaces = "--sandbox chooses the namespaces, --network the one of the network";
    for (String name : List.of("cgroupns", "ipc", "pid", "userns", "uts")) {
      options.add(refused(name, "VALUE", namespaces));
    }
    for (String name :
        List.of(
            "userns-uid-map", "userns-gid-map", "userns-uid-map-user", "userns-gid-map-group")) {
      options.add(refused(name, "VALUE", "ids are mapped as /etc/subuid and /etc/subgid say"));
    }
    for (String name : List.of("dns", "dns-option", "dns-search")) {
      options.add(refused(name, "VALUE", "steps ask the name servers of this machine"));
    }
    options.add(refused("no-hosts", "", "steps always have an /etc/hosts, which is in no layer"));
    options.add(
        refused("no-hostname", "", "steps always have an /etc/hostname, which is in no layer"));
    options.add(always("http-proxy", "give steps another value: --build-arg HTTP_PROXY="));
  }

  private static void addImage(List<Option> options) {
    options.add(
        refused("format", "VALUE", "say -o type=oci, or with oci-mediatypes=false docker's types"));
    options.add(refused("manifest", "VALUE", "several --platform make an index, --tag names it"));
    options.add(refused("env", "VALUE", "write ENV"));
    options.add(refused("unsetenv", "VALUE", "a variable of the base can be emptied: ENV NAME="));
    options.add(refused("timestamp", "VALUE", "say --build-arg SOURCE_DATE_EPOCH=SECONDS"));
    options.add(refused("source-date-epoch", "VALUE", "say --build-arg SOURCE_DATE_EPOCH=SECONDS"));
    options.add(
        refused(
            "rewrite-timestamp", "", "say it of the output: -o type=oci,rewrite-timestamp=true"));
    options.add(refused("omit-history", "", "the history is part of the image"));
    options.add(refused("identity-label", "", "images get no label of their builder"));
    options.add(refused("disable-compression", "", "say --compression none"));
    options.add(refused("sign-by", "VALUE", "sign the image that is pushed"));
    options.add(refused("os-feature", "VALUE", "there are no features of systems"));
    options.add(
        refused("os-version", "VALUE", "--platform has room for it: windows(VERSION)/amd64"));
    options.add(always("inherit-labels", "write LABEL NAME= to empty one"));
    options.add(refused("inherit-annotations", "", "annotations of a base are never taken over"));
    options.add(always("layers", "steps are always cached; --squash makes one layer"));
  }

  private static void addSources(List<Option> options) {
    for (String name : List.of("arch", "os", "variant")) {
      options.add(refused(name, "VALUE", "say --platform OS/ARCH[/VARIANT]"));
    }
    options.add(refused("all-platforms", "", "name them: --platform"));
    options.add(refused("from", "VALUE", "say --build-context BASE=docker-image://IMAGE"));
    options.add(
        refused("ignorefile", "VALUE", "put it beside the Dockerfile, as NAME.dockerignore"));
    options.add(refused("cpp-flag", "VALUE", "Dockerfiles go through no preprocessor"));
    options.add(always("skip-unused-stages", "name what is to be built: --target"));
    options.add(refused("cache-ttl", "VALUE", "--no-cache runs every step again"));
  }

  private static void addRegistries(List<Option> options) {
    String credentials = "log in with docker; DOCKER_CONFIG says where that is kept";
    options.add(refused("authfile", "VALUE", credentials));
    options.add(refused("creds", "VALUE", credentials));
    options.add(refused("cert-dir", "VALUE", "--registry-ca names certificate authorities"));
    options.add(always("tls-verify", "--skip-tls-verify and --plain-http say of which registry"));
    options.add(refused("retry", "VALUE", "requests are always tried again"));
    options.add(refused("retry-delay", "VALUE", "requests are always tried again"));
    options.add(refused("decryption-key", "VALUE", "images are not encrypted"));
    options.add(refused("disable-content-trust", "", "signatures are not read"));
  }
}
