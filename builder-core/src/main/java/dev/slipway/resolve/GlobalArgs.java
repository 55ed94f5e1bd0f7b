package dev.slipway.resolve;

import dev.slipway.dockerfile.ArgDefinition;
import dev.slipway.dockerfile.ArgInstruction;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.shell.ExpansionException;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.dockerfile.shell.Variables;
import dev.slipway.oci.Platform;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments that FROM lines see: those that the builder defines and those of the ARG lines
 * before the first FROM. A stage sees one only where it declares it with a bare {@code ARG}.
 */
final class GlobalArgs implements Variables {
  private final Map<String, String> values;

  private GlobalArgs(Map<String, String> values) {
    this.values = values;
  }

  static GlobalArgs of(Dockerfile dockerfile, ResolveRequest request, ShellLex lex) {
    Map<String, String> values = new LinkedHashMap<>();
    addPlatform(values, "BUILD", request.buildPlatform());
    addPlatform(values, "TARGET", request.targetPlatform());
    values.put("TARGETSTAGE", targetStage(dockerfile, request));
    values.replaceAll((name, value) -> request.buildArgs().getOrDefault(name, value));
    GlobalArgs args = new GlobalArgs(values);
    for (ArgInstruction instruction : dockerfile.globalArgs()) {
      for (ArgDefinition definition : instruction.definitions()) {
        args.define(definition, request, lex);
      }
    }
    return args;
  }

  private static void addPlatform(Map<String, String> values, String prefix, Platform platform) {
    values.put(prefix + "PLATFORM", platform.formatAll());
    values.put(prefix + "OS", platform.os());
    values.put(prefix + "OSVERSION", platform.osVersion());
    values.put(prefix + "ARCH", platform.architecture());
    values.put(prefix + "VARIANT", platform.variant());
  }

  private static String targetStage(Dockerfile dockerfile, ResolveRequest request) {
    String target =
        request
            .target()
            .orElseGet(
                () -> {
                  String name = dockerfile.stages().get(dockerfile.stages().size() - 1).name();
                  return name == null ? "" : name;
                });
    return target.isEmpty() ? "default" : target;
  }

  private void define(ArgDefinition definition, ResolveRequest request, ShellLex lex) {
    String name = definition.name().text();
    String given = request.buildArgs().get(name);
    if (given != null) {
      values.put(name, given);
    } else if (definition.defaultValue() != null) {
      try {
        values.put(name, lex.expand(definition.defaultValue().text(), this).value());
      } catch (ExpansionException e) {
        throw new ResolveException(
            String.valueOf(e.getMessage()), definition.defaultValue().span(), e.hint(), e);
      }
    }
  }

  @Override
  public @Nullable String get(String name) {
    return values.get(name);
  }

  Iterable<String> names() {
    return values.keySet();
  }
}
