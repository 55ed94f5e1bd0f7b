package dev.slipway.cli.packaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/**
 * Takes out of JNA what half of its start is spent on in a young JVM: a logger that nobody reads,
 * with the JDK's log manager and the lambdas of its levels behind it, and the order of a
 * structure's fields as an annotation, which the JDK makes a proxy class for.
 */
final class JnaRewriting {
  private static final String LOGGER = "java/util/logging/Logger";
  private static final String LEVEL = "java/util/logging/Level";
  private static final String STRUCTURE = "com/sun/jna/Structure";
  private static final String FIELD_ORDER = "L" + STRUCTURE + "$FieldOrder;";

  private JnaRewriting() {}

  /**
   * @param classes of JNA, by internal name
   * @return those of them that change
   * @throws IllegalStateException where JNA asks of a logger what {@link SilentLogger} cannot
   */
  static Map<String, byte[]> of(Map<String, byte[]> classes) {
    Map<String, byte[]> changed = new TreeMap<>();
    classes.forEach(
        (name, bytes) -> {
          ClassWriter writer = new ClassWriter(0);
          Silencing silencing = new Silencing(new FieldOrders(writer));
          new ClassReader(bytes).accept(silencing, 0);
          byte[] rewritten = writer.toByteArray();
          if (!Arrays.equals(rewritten, unchanged(bytes))) {
            changed.put(name, rewritten);
          }
        });
    return changed;
  }

  /** As ASM writes it. */
  private static byte[] unchanged(byte[] bytes) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(bytes).accept(writer, 0);
    return writer.toByteArray();
  }

  /** Puts the silent logger in the place of the JDK's. */
  private static final class Silencing extends ClassRemapper {
    private static final Set<String> OFFERED =
        Arrays.stream(SilentLogger.class.getDeclaredMethods())
            .map(method -> method.getName() + Type.getMethodDescriptor(method))
            .collect(Collectors.toSet());

    Silencing(ClassVisitor next) {
      super(
          Opcodes.ASM9,
          next,
          new SimpleRemapper(
              Opcodes.ASM9,
              Map.of(
                  LOGGER,
                  Type.getInternalName(SilentLogger.class),
                  LEVEL,
                  Type.getInternalName(SilentLogger.Level.class))));
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(Opcodes.ASM9, next) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String method, String type, boolean isInterface) {
          if (owner.equals(LOGGER) && !OFFERED.contains(method + remapper.mapMethodDesc(type))) {
            throw new IllegalStateException(
                "JNA logs by " + method + type + ", which SilentLogger does not have");
          }
          super.visitMethodInsn(opcode, owner, method, type, isInterface);
        }
      };
    }
  }

  /** Gives structures the method that JNA has them tell the order of their fields by. */
  private static final class FieldOrders extends ClassVisitor {
    private static final String METHOD = "getFieldOrder";

    private String parent = "";
    private boolean told;
    private @Nullable List<String> order;

    FieldOrders(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String parent, String[] types) {
      this.parent = parent;
      super.visit(version, access, name, signature, parent, types);
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      AnnotationVisitor next = super.visitAnnotation(descriptor, visible);
      if (!descriptor.equals(FIELD_ORDER) || !parent.equals(STRUCTURE)) {
        return next;
      }
      List<String> names = new ArrayList<>();
      order = names;
      return new AnnotationVisitor(Opcodes.ASM9, next) {
        @Override
        public AnnotationVisitor visitArray(String array) {
          return new AnnotationVisitor(Opcodes.ASM9, super.visitArray(array)) {
            @Override
            public void visit(String none, Object value) {
              names.add((String) value);
              super.visit(none, value);
            }
          };
        }
      };
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      told |= name.equals(METHOD);
      return super.visitMethod(access, name, descriptor, signature, exceptions);
    }

    @Override
    public void visitEnd() {
      if (order != null && !told) {
        tell(order);
      }
      super.visitEnd();
    }

    private void tell(List<String> names) {
      MethodVisitor code =
          super.visitMethod(Opcodes.ACC_PROTECTED, METHOD, "()Ljava/util/List;", null, null);
      code.visitCode();
      code.visitIntInsn(Opcodes.BIPUSH, names.size());
      code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/String");
      for (int i = 0; i < names.size(); i++) {
        code.visitInsn(Opcodes.DUP);
        code.visitIntInsn(Opcodes.BIPUSH, i);
        code.visitLdcInsn(names.get(i));
        code.visitInsn(Opcodes.AASTORE);
      }
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "java/util/Arrays",
          "asList",
          "([Ljava/lang/Object;)Ljava/util/List;",
          false);
      code.visitInsn(Opcodes.ARETURN);
      code.visitMaxs(4, 1);
      code.visitEnd();
    }
  }
}
