package dev.slipway.cli.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts an instance of a written class where code asks the JVM for a lambda. The JVM would make that
 * class and link it when the lambda is first come by, even out of a class-data archive a third of a
 * millisecond each, where to load a class takes a tenth of that.
 */
final class LambdaRewriting {
  /** Of class files: before it, no other class may call the body of a lambda. */
  private static final int FIRST_WITH_NESTS = Opcodes.V11;

  private final Map<String, byte[]> changed = new TreeMap<>();

  /** For each host of a nest, the classes that join it. */
  private final Map<String, List<String>> joining = new TreeMap<>();

  private LambdaRewriting() {}

  /**
   * Lambdas that can be serialized or have several types are left as they are.
   *
   * @param classes by internal name, with all the hosts of their nests
   * @return those of them that change, and new ones
   */
  static Map<String, byte[]> of(Map<String, byte[]> classes) {
    LambdaRewriting rewriting = new LambdaRewriting();
    classes.values().forEach(rewriting::rewrite);
    rewriting.joining.forEach(
        (host, members) -> {
          byte[] bytes = rewriting.changed.getOrDefault(host, classes.get(host));
          rewriting.changed.put(host, withMembers(Objects.requireNonNull(bytes, host), members));
        });
    return rewriting.changed;
  }

  private void rewrite(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(0);
    Rewriter rewriter = new Rewriter(writer);
    reader.accept(rewriter, 0);
    if (rewriter.lambdas > 0) {
      changed.put(reader.getClassName(), writer.toByteArray());
    }
  }

  private static byte[] withMembers(byte[] host, List<String> members) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(host)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public void visitEnd() {
                members.forEach(this::visitNestMember);
                super.visitEnd();
              }
            },
            0);
    return writer.toByteArray();
  }

  private final class Rewriter extends ClassVisitor {
    private String self = "";
    private int version;
    private @Nullable String nestHost;
    private int lambdas;

    Rewriter(ClassWriter writer) {
      super(Opcodes.ASM9, writer);
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String parent, String[] types) {
      self = name;
      this.version = Math.max(version, FIRST_WITH_NESTS);
      super.visit(this.version, access, name, signature, parent, types);
    }

    @Override
    public void visitNestHost(String host) {
      nestHost = host;
      super.visitNestHost(host);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(Opcodes.ASM9, next) {
        @Override
        public void visitInvokeDynamicInsn(
            String method, String type, Handle bootstrap, Object... arguments) {
          if (bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory")
              && bootstrap.getName().equals("metafactory")) {
            LambdaClass lambda =
                new LambdaClass(
                    self + "$$Lambda" + ++lambdas,
                    method,
                    Type.getMethodType(type),
                    (Type) arguments[0],
                    (Handle) arguments[1],
                    (Type) arguments[2]);
            add(lambda);
            lambda.instantiate(mv);
          } else {
            super.visitInvokeDynamicInsn(method, type, bootstrap, arguments);
          }
        }
      };
    }

    /** It is a nest mate, since the body of a lambda is a private method. */
    private void add(LambdaClass lambda) {
      String host = nestHost == null ? self : nestHost;
      changed.put(lambda.name(), lambda.write(version, host));
      joining.computeIfAbsent(host, name -> new ArrayList<>()).add(lambda.name());
    }
  }
}
