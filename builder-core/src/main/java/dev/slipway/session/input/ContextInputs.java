package dev.slipway.session.input;

import dev.slipway.BuildRequest;
import dev.slipway.ContextSource;
import dev.slipway.DockerfileSource;
import dev.slipway.context.BuildContext;
import dev.slipway.context.ContextException;
import dev.slipway.context.DockerfileLookup;
import dev.slipway.context.DockerfileText;
import dev.slipway.context.FileDigests;
import dev.slipway.context.IgnoreFile;
import dev.slipway.context.ReceivedContext;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.progress.Cancellation;
import dev.slipway.session.request.RequestedSettings;
import dev.slipway.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The main build context and the Dockerfile, wherever each comes from.
 *
 * @param directory the context's directory, or null for one that is no directory of this machine
 * @param modified seconds, where the context is remote
 */
public record ContextInputs(
    DockerfileText dockerfile,
    BuildContext context,
    @Nullable Path directory,
    Optional<Long> modified) {
  private static final long MAX_CONTEXT = 64L << 30;

  public static ContextInputs open(
      BuildRequest request,
      WorkDirectory work,
      RemoteFetcher fetcher,
      FileDigests digests,
      Cancellation cancellation) {
    ContextSource context = request.context();
    if (context instanceof ContextSource.LocalDirectory local) {
      DockerfileText text = text(request.dockerfile(), local.path());
      return new ContextInputs(
          text,
          BuildContext.directory(local.path(), text.ignore(), digests),
          local.path(),
          Optional.empty());
    }
    if (context instanceof ContextSource.Empty) {
      return new ContextInputs(
          text(request.dockerfile(), null),
          BuildContext.ofTree(FileTree.EMPTY),
          null,
          Optional.empty());
    }
    if (context instanceof ContextSource.Stream stream) {
      return of(
          ReceivedContext.read(stream.stream(), work.newDirectory(), MAX_CONTEXT),
          request,
          Optional.empty());
    }
    String url = ((ContextSource.Remote) context).url();
    boolean keepGit = RequestedSettings.isOn(request, RequestedSettings.KEEP_GIT_DIRECTORY);
    RemoteContext remote = fetcher.context(url, keepGit, MAX_CONTEXT, cancellation);
    return of(remote.content(), request, remote.modified());
  }

  private static ContextInputs of(
      ReceivedContext received, BuildRequest request, Optional<Long> modified) {
    if (received instanceof ReceivedContext.Archive archive) {
      DockerfileText text =
          request.dockerfile() instanceof DockerfileSource.InContext inside
              ? DockerfileLookup.inTree(archive.tree(), inside.path())
              : text(request.dockerfile(), null);
      return new ContextInputs(text, BuildContext.ofTree(archive.tree()), null, modified);
    }
    if (!(request.dockerfile() instanceof DockerfileSource.InContext)) {
      throw new ContextException(
          "the context is no archive", "a Dockerfile was given with -f too", null);
    }
    byte[] bytes = ((ReceivedContext.Dockerfile) received).text();
    return new ContextInputs(
        new DockerfileText("Dockerfile", bytes, IgnoreFile.NONE),
        BuildContext.ofTree(FileTree.EMPTY),
        null,
        modified);
  }

  private static DockerfileText text(DockerfileSource source, @Nullable Path directory) {
    if (source instanceof DockerfileSource.LocalFile file) {
      return DockerfileLookup.ofFile(directory, file.path());
    }
    if (source instanceof DockerfileSource.InContext inside) {
      if (directory == null) {
        throw new ContextException("no Dockerfile: there is no context", "give one with -f", null);
      }
      return DockerfileLookup.inDirectory(directory, inside.path());
    }
    IgnoreFile ignore = directory == null ? IgnoreFile.NONE : DockerfileLookup.ignoreIn(directory);
    return source instanceof DockerfileSource.Text text
        ? new DockerfileText(text.name(), text.text().getBytes(StandardCharsets.UTF_8), ignore)
        : new DockerfileText("-", read(((DockerfileSource.Stream) source).stream()), ignore);
  }

  private static byte[] read(InputStream stream) {
    try {
      return DockerfileLookup.bounded(stream, "-");
    } catch (IOException e) {
      throw new ContextException("cannot read the Dockerfile: " + FileRefusal.reason(e), e);
    }
  }
}
