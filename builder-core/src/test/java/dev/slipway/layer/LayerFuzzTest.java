package dev.slipway.layer;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Whatever bytes come in, reading ends with a result or a refusal, and a result can be used.
 * Without more it runs the inputs kept beside it; with {@code JAZZER_FUZZ=1} it looks for new ones.
 */
class LayerFuzzTest {
  private static final long LIMIT = 1 << 22;

  @FuzzTest
  void anyArchiveIsReadOrRefused(byte[] bytes) throws IOException {
    for (Whiteouts whiteouts : Whiteouts.values()) {
      LayerReadOptions options = new LayerReadOptions(whiteouts, Origin.NONE, LIMIT, 1000);
      try {
        ChangeSet changes =
            LayerReader.readChanges(
                new ByteArrayInputStream(bytes),
                options,
                (path, size, offset, body) -> new BytesContent(body.readAllBytes()));
        use(changes, whiteouts);
      } catch (LayerException e) {
        // refused
      }
    }
  }

  private static void use(ChangeSet changes, Whiteouts whiteouts) throws IOException {
    FileTree tree = FileTree.EMPTY.apply(changes);
    if (!tree.apply(changes).root().sameAs(tree.root())) {
      throw new AssertionError("laying the same changes over twice made another root");
    }
    if (whiteouts == Whiteouts.APPLIED) {
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      LayerWriter.write(changes, again);
      LayerWriterTest.readChanges(again.toByteArray());
    }
  }

  @FuzzTest
  void anyCompressedStreamIsReadOrRefused(byte[] bytes) throws IOException {
    try (InputStream in = Decompression.openAny(new ByteArrayInputStream(bytes), LIMIT)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (LayerException | IOException e) {
      // refused
    }
  }

  @FuzzTest
  void anyListOfChangesIsReadOrRefused(byte[] bytes) throws IOException {
    try {
      ChangeSet changes =
          ChangeSetCodec.read(bytes, (reference, size, digest) -> new BytesContent(reference));
      FileTree.EMPTY.apply(changes);
      for (Change change : changes) {
        if (change instanceof Change.Put put && put.entry() instanceof RegularFile file) {
          file.content().open().close();
        }
      }
    } catch (LayerException e) {
      // refused
    }
  }
}
