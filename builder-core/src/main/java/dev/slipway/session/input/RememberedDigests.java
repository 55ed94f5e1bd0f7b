package dev.slipway.session.input;

import dev.slipway.context.FileDigests;
import dev.slipway.context.HostFileIdentity;
import dev.slipway.oci.Digest;
import dev.slipway.store.FileDigestMemo;
import dev.slipway.store.FileIdentity;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Digests of context files, kept in the store. */
public record RememberedDigests(FileDigestMemo memo, Clock clock) implements FileDigests {
  @Override
  public @Nullable String find(HostFileIdentity file) {
    return memo.find(inStore(file)).map(Digest::hex).orElse(null);
  }

  @Override
  public void remember(HostFileIdentity file, String sha256) {
    memo.remember(inStore(file), Digest.parse("sha256:" + sha256), clock.instant());
  }

  private static FileIdentity inStore(HostFileIdentity file) {
    return new FileIdentity(
        file.path(), file.inode(), file.size(), file.mtimeNanos(), file.ctimeNanos());
  }
}
