package dev.slipway.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.Trees;
import dev.slipway.tree.Xattrs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeSetCodecTest {
  private static final Origin LINE = new Origin("build", 7, "COPY . /");
  private static final String DIGEST = "ab".repeat(32);

  /** Content that knows its digest. */
  private record Known(byte[] bytes, @Nullable String digestIfKnown) implements Content {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  @Test
  void allThatAChangeSetHoldsSurvives() throws IOException {
    Xattrs xattrs = Xattrs.of(Map.of("user.a", new byte[] {0, -1}, "user.b", new byte[0]));
    Metadata metadata = new Metadata(07777, -1, 5, -99, 999_999_999, xattrs);
    RegularFile linked =
        new RegularFile(metadata, LINE, 2, new Known(new byte[] {'h', 'i'}, DIGEST), true);
    ChangeSet changes =
        ChangeSet.of(
            List.of(
                put("", new Directory(metadata, LINE)),
                new Change.Opaque(TreePath.of("a")),
                put("a", new Directory(metadata, Origin.NONE)),
                put("a/f", linked),
                put("a/g", linked),
                put("a/l", new Symlink(metadata, LINE, new byte[] {'x', (byte) 0xe9}, false)),
                new Change.Whiteout(TreePath.of("b")),
                put("c", new Device(metadata, LINE, Device.Type.CHARACTER, 1, 300)),
                put("d", new Device(metadata, LINE, Device.Type.BLOCK, 8, 1)),
                put("e", new Device(metadata, LINE, Device.Type.FIFO, 0, 0)),
                put("f", new RegularFile(metadata, LINE, BytesContent.of("no digest")))));
    ChangeSet read = read(write(changes));
    assertThat(Trees.lines(read)).isEqualTo(Trees.lines(changes));
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i) instanceof Change.Put put) {
        Entry entry = ((Change.Put) read.get(i)).entry();
        assertThat(entry.metadata()).isEqualTo(put.entry().metadata());
        assertThat(entry.origin()).isEqualTo(put.entry().origin());
        assertThat(entry.linked()).isEqualTo(put.entry().linked());
      }
    }
    RegularFile first = (RegularFile) ((Change.Put) read.get(3)).entry();
    assertThat(((Change.Put) read.get(4)).entry()).isSameAs(first);
    assertThat(first.content().digestIfKnown()).isEqualTo(DIGEST);
    assertThat(((Symlink) ((Change.Put) read.get(5)).entry()).target())
        .isEqualTo(new byte[] {'x', (byte) 0xe9});
    assertThat(write(read)).isEqualTo(write(changes));
  }

  @Test
  void bytesBehindTheChangesAreRefused() throws IOException {
    byte[] bytes = write(ChangeSet.EMPTY);
    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(LayerException.class);
  }

  @Test
  void everyTruncationAndEveryChangedByteIsReadOrRefused() throws IOException {
    byte[] bytes =
        write(LayerWriterTest.changes(Trees.tree("d/", "d/f = x", "d/g => d/f", "l -> d")));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(LayerException.class);
    }
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = bytes.clone();
        changed[i] ^= (byte) (1 << bit);
        try {
          read(changed);
        } catch (LayerException e) {
          assertThat(e).hasMessageMatching("malformed list of changes|not a list of changes.*");
        }
      }
    }
  }

  private static Change put(String path, Entry entry) {
    return new Change.Put(TreePath.of(path), entry);
  }

  private static byte[] write(ChangeSet changes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ChangeSetCodec.write(changes, out, content -> content.open().readAllBytes());
    return out.toByteArray();
  }

  private static ChangeSet read(byte[] bytes) throws IOException {
    return ChangeSetCodec.read(bytes, (reference, size, digest) -> new Known(reference, digest));
  }
}
