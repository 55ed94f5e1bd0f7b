package dev.slipway.jmh;

import dev.slipway.layer.Compression;
import dev.slipway.layer.LayerBlobWriter;
import dev.slipway.layer.LayerDigests;
import dev.slipway.layer.LayerReadOptions;
import dev.slipway.layer.LayerReader;
import dev.slipway.layer.LayerWriter;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A layer of 2,000 files of 8 KiB: 16 MiB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LayerBenchmark {
  @Param({"NONE", "GZIP", "ZSTD"})
  public Compression compression;

  private final ChangeSet changes = Files.of("src", 2000, 8192);
  private final ExecutorService executor =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private byte[] tar = {};

  @Setup
  public void writeTar() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LayerWriter.write(changes, out);
    tar = out.toByteArray();
  }

  /** Archives, hashes, compresses on all cores, hashes again. */
  @Benchmark
  public LayerDigests write() throws IOException {
    return LayerBlobWriter.write(
        changes,
        compression,
        compression == Compression.ZSTD ? 3 : 6,
        executor,
        Runtime.getRuntime().availableProcessors(),
        OutputStream.nullOutputStream());
  }

  /** What is known of the files of an archive; their content is passed over. */
  @Benchmark
  public ChangeSet read() throws IOException {
    return LayerReader.readChanges(
        new ByteArrayInputStream(tar),
        LayerReadOptions.layer(Origin.NONE),
        (path, size, offset, body) -> BytesContent.EMPTY);
  }

  @TearDown
  public void stop() {
    executor.shutdown();
  }
}
