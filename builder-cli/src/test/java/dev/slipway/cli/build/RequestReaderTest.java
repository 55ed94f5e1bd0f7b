package dev.slipway.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.slipway.BuildRequest;
import dev.slipway.ContextSource;
import dev.slipway.DockerfileSource;
import dev.slipway.OutputSpec;
import dev.slipway.OutputSpec.Destination;
import dev.slipway.OutputSpec.Type;
import dev.slipway.SecretSource;
import dev.slipway.Squash;
import dev.slipway.StepOptions;
import dev.slipway.StepOptions.HostAddress;
import dev.slipway.cli.options.UsageException;
import dev.slipway.inspect.account.ImageLimits;
import dev.slipway.oci.Platform;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("TOKEN", "t0ps3cret", "HTTP_PROXY", "http://proxy", "SSH_AUTH_SOCK", "/run/agent");
  private static final Path CWD = Path.of("/project");

  private final OutputStream stdout = new ByteArrayOutputStream();

  private BuildRequest read(String... words) {
    return read(false, words);
  }

  private BuildRequest read(boolean terminal, String... words) {
    RequestReader reader =
        new RequestReader(
            ENVIRONMENT,
            CWD::resolve,
            new Platform("linux", "amd64"),
            InputStream.nullInputStream(),
            stdout,
            terminal);
    return reader.request(BuildOptions.table().read(Arrays.asList(words)));
  }

  private OutputSpec output(String text) {
    return read("-o", text, ".").outputs().get(0);
  }

  @Test
  void aDirectoryIsTheContextAndItsDockerfileIsTaken() {
    BuildRequest request = read("app");
    assertThat(request.context())
        .isEqualTo(new ContextSource.LocalDirectory(Path.of("/project/app")));
    assertThat(request.dockerfile()).isEqualTo(DockerfileSource.InContext.DEFAULT);
  }

  @Test
  void aDockerfilePathStartsAtTheWorkingDirectory() {
    assertThat(read("-f", "d/Dockerfile", "app").dockerfile())
        .isEqualTo(new DockerfileSource.LocalFile(Path.of("/project/d/Dockerfile")));
  }

  @Test
  void aDockerfilePathOfARemoteContextIsInsideIt() {
    BuildRequest request = read("-f", "d/Dockerfile", "https://example.com/a.git#main:sub");
    assertThat(request.context())
        .isEqualTo(new ContextSource.Remote("https://example.com/a.git#main:sub"));
    assertThat(request.dockerfile()).isEqualTo(new DockerfileSource.InContext("d/Dockerfile"));
  }

  @Test
  void aDashReadsStandardInputOnce() {
    assertThat(read("-").context()).isInstanceOf(ContextSource.Stream.class);
    assertThat(read("-f", "-", ".").dockerfile()).isInstanceOf(DockerfileSource.Stream.class);
    assertThatThrownBy(() -> read("-f-", "-"))
        .hasMessage("the context and the Dockerfile cannot both be standard input");
  }

  @Test
  void exactlyOneContextIsWanted() {
    assertThatThrownBy(() -> read()).hasMessage("no build context is given");
    assertThatThrownBy(() -> read("a", "b"))
        .hasMessage("one build context is wanted, found 2: a b");
  }

  @Test
  void aBuildArgumentWithoutAValueComesFromTheEnvironmentOrIsLeftOut() {
    BuildRequest request =
        read("--build-arg", "A=1=2", "--build-arg", "HTTP_PROXY", "--build-arg", "UNSET", ".");
    assertThat(request.buildArgs())
        .containsExactly(entry("A", "1=2"), entry("HTTP_PROXY", "http://proxy"));
  }

  @Test
  void theTimeOfTheEnvironmentCountsWhereTheCommandLineGivesNone() {
    Map<String, String> environment = Map.of("SOURCE_DATE_EPOCH", "12");
    RequestReader reader =
        new RequestReader(
            environment,
            CWD::resolve,
            new Platform("linux", "amd64"),
            InputStream.nullInputStream(),
            stdout,
            false);
    assertThat(reader.request(BuildOptions.table().read(List.of("."))).buildArgs())
        .containsExactly(entry("SOURCE_DATE_EPOCH", "12"));
    List<String> given = List.of("--build-arg", "SOURCE_DATE_EPOCH=", ".");
    assertThat(reader.request(BuildOptions.table().read(given)).buildArgs())
        .containsExactly(entry("SOURCE_DATE_EPOCH", ""));
  }

  @Test
  void platformsAreListedAndCompleted() {
    assertThat(read("--platform", "linux/amd64,linux/arm64", "--platform", "arm", ".").platforms())
        .extracting(Platform::format)
        .containsExactly("linux/amd64", "linux/arm64", "linux/arm/v7");
    assertThatThrownBy(() -> read("--platform", "a/b/c/d", ".")).isInstanceOf(UsageException.class);
  }

  @Test
  void aPathAloneIsADirectoryAndADashATarOnStandardOutput() {
    assertThat(output("out"))
        .isEqualTo(
            new OutputSpec(Type.LOCAL, new Destination.ToPath(Path.of("/project/out")), Map.of()));
    assertThat(output("-"))
        .isEqualTo(new OutputSpec(Type.TAR, new Destination.ToStream(stdout), Map.of()));
  }

  @Test
  void anOutputKeepsTheAttributesThatAreNotTheCommandLines() {
    assertThat(output("type=oci,dest=a.tar,compression=zstd,compression-level=3"))
        .isEqualTo(
            new OutputSpec(
                Type.OCI,
                new Destination.ToPath(Path.of("/project/a.tar")),
                Map.of("compression", "zstd", "compression-level", "3")));
  }

  @Test
  void registriesAreWrittenToByPushAndByImageWithPush() {
    OutputSpec registry = new OutputSpec(Type.REGISTRY, new Destination.ToRegistry(), Map.of());
    assertThat(read("--push", ".").outputs()).containsExactly(registry);
    assertThat(read("--push", "-o", "type=registry", ".").outputs()).containsExactly(registry);
    assertThat(read("-o", "type=image,push=true", ".").outputs()).containsExactly(registry);
    assertThat(read("-o", "type=image,push=1", ".").outputs()).containsExactly(registry);
    assertThat(read("-o", "type=image", ".").outputs()).isEmpty();
    assertThat(read("-o", "type=image,name=a:1,push=false", ".").outputs()).isEmpty();
    assertThat(read("-o", "type=image,name=a:1", ".").image().names()).containsExactly("a:1");
    assertThat(read("-o", "type=cacheonly", ".").outputs()).isEmpty();
  }

  @Test
  void severalOutputsStandInOrder() {
    assertThat(read("-o", "type=oci,dest=a", "-o", "type=docker,dest=b", "--push", ".").outputs())
        .extracting(OutputSpec::type)
        .containsExactly(Type.OCI, Type.DOCKER, Type.REGISTRY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type=ocj,dest=a        | --output has no type \"ocj\"",
        "dest=a                 | --output \"dest=a\" does not say its type",
        "type=local             | --output type=local wants dest=DIRECTORY",
        "type=oci,tar=false     | --output type=oci,tar=false wants dest=DIRECTORY",
        "type=registry,dest=a   | --output type=registry has no dest",
        "type=image,push=maybe  | --output push is true or false, not \"maybe\"",
        "type=cacheonly,name=a  | --output \"type=cacheonly,name=a\": there is no use for \"name\"",
        "type=image,dest=a      | --output \"type=image,dest=a\": there is no use for \"dest\"",
      })
  void anOutputThatCannotBeIsRefused(String text, String message) {
    assertThatThrownBy(() -> output(text)).hasMessageStartingWith(message);
  }

  @Test
  void noArchiveIsWrittenToATerminalOrTwiceToOnePlace() {
    assertThatThrownBy(() -> read(true, "-o", "-", "."))
        .hasMessage("--output type=tar would write an archive to the terminal");
    assertThatThrownBy(() -> read("-o", "type=oci", "-o", "type=tar", "."))
        .hasMessage("two outputs cannot both go to standard output");
  }

  @Test
  void compressionIsForEveryImageThatDoesNotSayItsOwn() {
    List<OutputSpec> outputs =
        read(
                "--compression",
                "none",
                "-o",
                "type=oci,dest=a",
                "-o",
                "type=docker,dest=b,compression=zstd",
                "-o",
                "c",
                ".")
            .outputs();
    assertThat(outputs)
        .extracting(output -> output.attributes().get("compression"))
        .containsExactly("uncompressed", "zstd", null);
  }

  @Test
  void aCompressionThatIsNoneIsToldWhereNothingIsWrittenToo() {
    assertThatThrownBy(() -> read("--compression", "lz4", "."))
        .hasMessage("--compression \"lz4\" is not supported");
  }

  @Test
  void aSecretIsAFileOrAVariable() {
    assertThat(
            read(
                    "--secret",
                    "id=a,src=a.txt",
                    "--secret",
                    "id=b,env=TOKEN",
                    "--secret",
                    "id=TOKEN",
                    "--secret",
                    "id=file",
                    "--secret",
                    "type=env,id=TOKEN2",
                    ".")
                .steps()
                .secrets())
        .containsExactly(
            new SecretSource.FromFile("a", Path.of("/project/a.txt")),
            new SecretSource.FromEnvironment("b", "TOKEN"),
            new SecretSource.FromEnvironment("TOKEN", "TOKEN"),
            new SecretSource.FromFile("file", Path.of("/project/file")),
            new SecretSource.FromEnvironment("TOKEN2", "TOKEN2"));
    assertThatThrownBy(() -> read("--secret", "src=a", "."))
        .hasMessage("--secret \"src=a\" has no id");
    assertThatThrownBy(() -> read("--secret", "id=a,mode=1", "."))
        .hasMessage("--secret has no field \"mode\"");
  }

  @Test
  void anAgentIsTheEnvironmentsUnlessItsSocketIsGiven() {
    assertThat(read("--ssh", "default", "--ssh", "x=s.sock", "--ssh", "y=k,l", ".").steps().ssh())
        .containsOnly(
            entry("default", List.of(Path.of("/run/agent"))),
            entry("x", List.of(Path.of("/project/s.sock"))),
            entry("y", List.of(Path.of("/project/k"), Path.of("/project/l"))));
  }

  @ParameterizedTest
  @CsvSource({
    "a:1.2.3.4,a,1.2.3.4",
    "a=1.2.3.4,a,1.2.3.4",
    "a:::1,a,::1",
    "a=[::1],a,::1",
    "a:[::1],a,::1",
    "a:host-gateway,a,host-gateway"
  })
  void aHostIsNamedWithEitherSign(String text, String name, String address) {
    assertThat(read("--add-host", text, ".").steps().addHosts())
        .containsExactly(new HostAddress(name, address));
  }

  @ParameterizedTest
  @CsvSource({"64m,67108864", "64MB,67108864", "1GiB,1073741824", "10,10", "1.5k,1536", "7b,7"})
  void sizesAreInStepsOf1024(String text, long bytes) {
    assertThat(read("--shm-size", text, ".").steps().shmSize()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"x", "''", "1q", "-1", "1mm", "99999999999t"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> read("--shm-size", text, ".")).isInstanceOf(UsageException.class);
  }

  @Test
  void whatDockerHasAndSlipwayHasNotIsRefusedByName() {
    assertThatThrownBy(() -> read("--cgroup-parent", "x", "."))
        .hasMessageStartingWith("--cgroup-parent is not supported: ");
    assertThatThrownBy(() -> read("--network", "bridge", "."))
        .hasMessage("--network \"bridge\" is not supported");
    assertThatThrownBy(() -> read("--allow", "device", "."))
        .hasMessage("--allow \"device\" is not supported");
  }

  @Test
  void squashWithoutAValueIsDockers() {
    assertThat(read("--squash", ".").image().squash()).isEqualTo(Squash.NEW);
    assertThat(read("--squash=true", ".").image().squash()).isEqualTo(Squash.NEW);
    assertThat(read("--squash=false", ".").image().squash()).isEqualTo(Squash.NONE);
    assertThat(read("--squash=all", ".").image().squash()).isEqualTo(Squash.ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-m", "--memory", "-c", "--cpuset-mems"})
  void limitsOfAContainerAreRefusedByName(String option) {
    assertThatThrownBy(() -> read(option, "1", "."))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith(" is not supported: steps have no limits of their own");
  }

  @Test
  void aHostMayHaveSeveralAddresses() {
    assertThat(read("--add-host", "a:1.2.3.4", "--add-host", "a:::1", ".").steps().addHosts())
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--provenance=false",
        "--provenance=0",
        "--sbom=false",
        "--attest=type=provenance,disabled=true",
        "--attest=type=sbom,disabled=true"
      })
  void attestationsMayBeSwitchedOff(String option) {
    assertThatCode(() -> read(option, ".")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--provenance=true                 | --provenance true is not supported",
        "--provenance=mode=max             | --provenance mode=max is not supported",
        "--sbom=true                       | --sbom true is not supported",
        "--sbom=generator=x                | --sbom generator=x is not supported",
        "--attest=type=sbom                | --attest type=sbom is not supported",
        "--attest=type=provenance,mode=min | --attest type=provenance is not supported",
        "--attest=type=other               | --attest wants type=provenance or type=sbom",
        "--attest=provenance               | --attest: expected key=value",
        "--provenance=maybe                | --provenance is true or false, not \"maybe\"",
      })
  void attestationsAreRefusedByName(String option, String message) {
    assertThatThrownBy(() -> read(option, "."))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void namesAndValuesAreDividedAtTheFirstSign() {
    BuildRequest request =
        read(
            "--label=a=1=2",
            "--label=empty",
            "--annotation=index:k=v",
            "--build-context=b=../b",
            ".");
    assertThat(request.image().labels()).isEqualTo(Map.of("a", "1=2", "empty", ""));
    assertThat(request.image().annotations()).isEqualTo(Map.of("index:k", "v"));
    assertThat(request.namedContexts()).isEqualTo(Map.of("b", "../b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--label==v",
        "--label=",
        "--annotation=k",
        "--build-context=b",
        "--ulimit=nofile",
        "--ulimit=nofile=",
        "--ulimit==1"
      })
  void whatLacksANameOrItsValueIsRefused(String option) {
    assertThatThrownBy(() -> read(option, "."))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(option.substring(0, option.indexOf('=')) + " wants NAME=");
  }

  @Test
  void whatStepsAreGivenIsTakenOver() {
    StepOptions steps =
        read(
                "--ulimit=nofile=1:2",
                "--network=none",
                "--sandbox=runc",
                "--jobs=3",
                "--shm-size=1m",
                "--allow=network.host",
                ".")
            .steps();
    assertThat(steps.ulimits()).isEqualTo(Map.of("nofile", "1:2"));
    assertThat(steps.network()).isEqualTo("none");
    assertThat(steps.sandbox()).isEqualTo("runc");
    assertThat(steps.jobs()).isEqualTo(3);
    assertThat(steps.shmSize()).isEqualTo(1 << 20);
    assertThat(steps.allow()).containsExactly("network.host");
  }

  @Test
  void limitsAreSizesAndShares() {
    ImageLimits sizes =
        read("--max-size=50m", "--max-waste=1k", "--max-layers=7", "--no-root", ".")
            .checks()
            .limits();
    assertThat(sizes)
        .isEqualTo(
            new ImageLimits(
                OptionalLong.of(50 << 20),
                OptionalLong.of(1024),
                OptionalDouble.empty(),
                OptionalInt.of(7),
                true));
    ImageLimits share = read("--max-waste=12.5 %", ".").checks().limits();
    assertThat(share.wasteShare()).hasValue(0.125);
    assertThat(share.waste()).isEmpty();
    assertThat(read(".").checks().limits()).isEqualTo(ImageLimits.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--max-waste=%", "--max-waste=101%", "--max-waste=-1%", "--max-layers=-1"})
  void limitsThatCannotBeAreRefused(String option) {
    assertThatThrownBy(() -> read(option, ".")).isInstanceOf(UsageException.class);
  }
}
