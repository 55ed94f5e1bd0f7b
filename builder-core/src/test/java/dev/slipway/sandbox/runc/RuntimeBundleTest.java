package dev.slipway.sandbox.runc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.sandbox.PreparedRoot;
import dev.slipway.sandbox.ProcessSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuntimeBundleTest {
  private static final PreparedRoot ROOT =
      new PreparedRoot(
          Path.of("/r"), List.of(new PreparedRoot.Attachment("/dev/x", Path.of("/s"), true)));

  private static JsonNode config(ProcessSpec process) throws IOException {
    return new ObjectMapper().readTree(new RuntimeBundle(ROOT, process).config());
  }

  @Test
  void theProcessIsAsAskedFor() throws IOException {
    JsonNode process =
        config(
                ProcessSpec.builder(List.of("a", "b \"c\"\n"))
                    .environment(List.of("A=1"))
                    .workingDirectory("/w")
                    .user(-2, 5, List.of(6, 7))
                    .ulimits(List.of(new ProcessSpec.Ulimit("nofile", 10, 20)))
                    .build())
            .get("process");
    assertThat(process.get("args").toString()).isEqualTo("[\"a\",\"b \\\"c\\\"\\n\"]");
    assertThat(process.get("user").get("uid").asLong()).isEqualTo(4294967294L);
    assertThat(process.get("user").get("additionalGids").toString()).isEqualTo("[6,7]");
    assertThat(process.get("cwd").asText()).isEqualTo("/w");
    assertThat(process.get("noNewPrivileges").asBoolean()).isFalse();
    assertThat(process.get("capabilities").has("inheritable")).isFalse();
    assertThat(process.get("rlimits").get(0).toString())
        .contains("\"RLIMIT_NOFILE\"", "\"soft\":10", "\"hard\":20");
  }

  @Test
  void anInsecureStepHasNoFilterAndSeesAll() throws IOException {
    ProcessSpec.Builder process = ProcessSpec.builder(List.of("a"));
    assertThat(config(process.build()).get("linux").has("seccomp")).isTrue();
    JsonNode linux = config(process.security(ProcessSpec.Security.INSECURE).build()).get("linux");
    assertThat(linux.has("seccomp")).isFalse();
    assertThat(linux.has("maskedPaths")).isFalse();
  }

  @Test
  void socketsOfTheDeniedFamiliesAreRefused() throws IOException {
    JsonNode calls =
        config(ProcessSpec.builder(List.of("a")).build())
            .get("linux")
            .get("seccomp")
            .get("syscalls");
    List<Integer> families = new ArrayList<>();
    for (JsonNode rule : calls) {
      if (rule.get("names").toString().equals("[\"socket\"]")) {
        assertThat(rule.get("action").asText()).isEqualTo("SCMP_ACT_ERRNO");
        families.add(rule.get("args").get(0).get("value").asInt());
      }
    }
    assertThat(families).containsExactly(38, 40);
  }

  @Test
  void whatLiesInFileSystemsOfTheKernelIsMountedByTheRuntime() throws IOException {
    JsonNode mounts = config(ProcessSpec.builder(List.of("a")).build()).get("mounts");
    JsonNode last = mounts.get(mounts.size() - 1);
    assertThat(last.get("destination").asText()).isEqualTo("/dev/x");
    assertThat(last.get("options").toString()).isEqualTo("[\"rbind\",\"ro\"]");
  }

  @Test
  void emptyValuesAreWrittenToo() {
    assertThat(JsonWriter.write(List.of(Map.of(), List.of(), true, 1L, "\u0001")))
        .isEqualTo("[{},[],true,1,\"\\u0001\"]");
  }
}
