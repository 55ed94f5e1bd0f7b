package dev.slipway.worker;

import dev.slipway.sandbox.LayerStack;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.StepMount;
import dev.slipway.sandbox.StepRequest;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A step's request as the body of a message. Both ends are of the same build: no versions. */
final class StepRequestCodec {
  private StepRequestCodec() {}

  static void write(StepRequest request, DataOutputStream out) throws IOException {
    writeStack(request.root(), out);
    writeText(request.upper().toString(), out);
    writeText(request.work().toString(), out);
    writeText(request.changes().toString(), out);
    writeProcess(request.process(), out);
    out.writeInt(request.mounts().size());
    for (StepMount mount : request.mounts()) {
      writeMount(mount, out);
    }
  }

  static StepRequest read(DataInputStream in) throws IOException {
    LayerStack root = readStack(in);
    Path upper = Path.of(readText(in));
    Path work = Path.of(readText(in));
    Path changes = Path.of(readText(in));
    ProcessSpec process = readProcess(in);
    int count = in.readInt();
    List<StepMount> mounts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      mounts.add(readMount(in));
    }
    return new StepRequest(root, upper, work, changes, process, mounts);
  }

  static void writeProcess(ProcessSpec process, DataOutputStream out) throws IOException {
    writeTexts(process.argv(), out);
    writeTexts(process.environment(), out);
    writeText(process.workingDirectory(), out);
    out.writeInt(process.uid());
    out.writeInt(process.gid());
    out.writeInt(process.groups().size());
    for (int group : process.groups()) {
      out.writeInt(group);
    }
    writeText(process.hostname(), out);
    out.writeByte(process.network().ordinal());
    out.writeByte(process.security().ordinal());
    out.writeInt(process.ulimits().size());
    for (ProcessSpec.Ulimit ulimit : process.ulimits()) {
      writeText(ulimit.name(), out);
      out.writeLong(ulimit.soft());
      out.writeLong(ulimit.hard());
    }
    out.writeInt(process.extraHosts().size());
    for (ProcessSpec.ExtraHost host : process.extraHosts()) {
      writeText(host.name(), out);
      writeText(host.address(), out);
    }
  }

  static ProcessSpec readProcess(DataInputStream in) throws IOException {
    ProcessSpec.Builder process = ProcessSpec.builder(readTexts(in));
    process.environment(readTexts(in)).workingDirectory(readText(in));
    int uid = in.readInt();
    int gid = in.readInt();
    List<Integer> groups = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      groups.add(in.readInt());
    }
    process.user(uid, gid, groups).hostname(readText(in));
    process.network(ProcessSpec.Network.values()[in.readByte()]);
    process.security(ProcessSpec.Security.values()[in.readByte()]);
    List<ProcessSpec.Ulimit> ulimits = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      ulimits.add(new ProcessSpec.Ulimit(readText(in), in.readLong(), in.readLong()));
    }
    process.ulimits(ulimits);
    List<ProcessSpec.ExtraHost> hosts = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      hosts.add(new ProcessSpec.ExtraHost(readText(in), readText(in)));
    }
    return process.extraHosts(hosts).build();
  }

  private static void writeMount(StepMount mount, DataOutputStream out) throws IOException {
    if (mount instanceof StepMount.Bind bind) {
      out.writeByte('b');
      writeText(bind.target(), out);
      writeStack(bind.source(), out);
      writeText(bind.subpath(), out);
      out.writeBoolean(bind.readOnly());
    } else if (mount instanceof StepMount.Cache cache) {
      out.writeByte('c');
      writeCache(cache, out);
    } else if (mount instanceof StepMount.Tmpfs tmpfs) {
      out.writeByte('t');
      writeText(tmpfs.target(), out);
      out.writeLong(tmpfs.size());
      out.writeBoolean(tmpfs.readOnly());
    } else if (mount instanceof StepMount.Secret secret) {
      out.writeByte('s');
      writeText(secret.target(), out);
      out.writeInt(secret.content().length);
      out.write(secret.content());
      writeOwner(secret.mode(), secret.uid(), secret.gid(), out);
    } else if (mount instanceof StepMount.Ssh ssh) {
      out.writeByte('a');
      writeText(ssh.target(), out);
      writeText(ssh.socket().toString(), out);
      writeOwner(ssh.mode(), ssh.uid(), ssh.gid(), out);
    } else {
      throw new IllegalArgumentException("a mount of no known kind: " + mount);
    }
  }

  private static void writeCache(StepMount.Cache cache, DataOutputStream out) throws IOException {
    writeText(cache.target(), out);
    writeText(cache.directory().toString(), out);
    writeText(cache.subpath(), out);
    out.writeBoolean(cache.readOnly());
    writeOwner(cache.mode(), cache.uid(), cache.gid(), out);
    LayerStack initial = cache.initial();
    out.writeBoolean(initial != null);
    if (initial != null) {
      writeStack(initial, out);
    }
    writeText(cache.initialSubpath(), out);
  }

  private static StepMount readMount(DataInputStream in) throws IOException {
    int kind = in.readByte();
    String target = readText(in);
    switch (kind) {
      case 'b':
        return new StepMount.Bind(target, readStack(in), readText(in), in.readBoolean());
      case 'c':
        return new StepMount.Cache(
            target,
            Path.of(readText(in)),
            readText(in),
            in.readBoolean(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readBoolean() ? readStack(in) : null,
            readText(in));
      case 't':
        return new StepMount.Tmpfs(target, in.readLong(), in.readBoolean());
      case 's':
        byte[] content = in.readNBytes(in.readInt());
        return new StepMount.Secret(target, content, in.readInt(), in.readInt(), in.readInt());
      case 'a':
        Path socket = Path.of(readText(in));
        return new StepMount.Ssh(target, socket, in.readInt(), in.readInt(), in.readInt());
      default:
        throw new IOException("a mount of kind " + kind);
    }
  }

  private static void writeOwner(int mode, int uid, int gid, DataOutputStream out)
      throws IOException {
    out.writeInt(mode);
    out.writeInt(uid);
    out.writeInt(gid);
  }

  private static void writeStack(LayerStack stack, DataOutputStream out) throws IOException {
    writeText(stack.folder().toString(), out);
    writeTexts(stack.names(), out);
  }

  private static LayerStack readStack(DataInputStream in) throws IOException {
    return new LayerStack(Path.of(readText(in)), readTexts(in));
  }

  static void writeTexts(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      writeText(text, out);
    }
  }

  static List<String> readTexts(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      texts.add(readText(in));
    }
    return texts;
  }

  /** Of any length, unlike {@link DataOutputStream#writeUTF}. */
  static void writeText(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
