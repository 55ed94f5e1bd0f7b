package dev.slipway.cli.packaging;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Compiles the regular expressions of a class each time they are used, and no longer when the class
 * is loaded, where they take a young JVM milliseconds. For classes that seldom use theirs.
 */
final class PatternRewriting {
  private static final String PATTERN = "java/util/regex/Pattern";
  private static final String COMPILE = "(Ljava/lang/String;)L" + PATTERN + ";";

  private PatternRewriting() {}

  /**
   * The class with {@code private static final Pattern} fields that stay empty.
   *
   * @throws IllegalStateException if it has none that are compiled of a constant
   */
  static byte[] of(byte[] bytes) {
    ClassNode type = new ClassNode();
    new ClassReader(bytes).accept(type, 0);
    Map<String, String> expressions = new HashMap<>();
    for (MethodNode method : type.methods) {
      if (method.name.equals("<clinit>")) {
        takeOut(method.instructions, expressions);
      }
    }
    if (expressions.isEmpty()) {
      throw new IllegalStateException("no constant expressions in " + type.name);
    }
    type.methods.forEach(method -> compileIn(method.instructions, type.name, expressions));
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    type.accept(writer);
    return writer.toByteArray();
  }

  /** Takes the expressions out of the initializer, and notes them by field. */
  private static void takeOut(InsnList code, Map<String, String> expressions) {
    for (AbstractInsnNode each : code.toArray()) {
      AbstractInsnNode compiled = each.getNext();
      AbstractInsnNode stored = compiled == null ? null : compiled.getNext();
      if (each instanceof LdcInsnNode constant
          && isCompilation(compiled)
          && stored instanceof FieldInsnNode field
          && field.getOpcode() == Opcodes.PUTSTATIC) {
        expressions.put(field.name, (String) constant.cst);
        code.remove(each);
        code.remove(compiled);
        code.remove(stored);
      }
    }
  }

  private static boolean isCompilation(@Nullable AbstractInsnNode each) {
    return each instanceof MethodInsnNode call
        && call.owner.equals(PATTERN)
        && call.desc.equals(COMPILE);
  }

  /** Compiles where the field was read. */
  private static void compileIn(InsnList code, String owner, Map<String, String> expressions) {
    for (AbstractInsnNode each : code.toArray()) {
      if (each instanceof FieldInsnNode read
          && read.getOpcode() == Opcodes.GETSTATIC
          && read.owner.equals(owner)
          && expressions.containsKey(read.name)) {
        code.insert(
            each, new MethodInsnNode(Opcodes.INVOKESTATIC, PATTERN, "compile", COMPILE, false));
        code.set(each, new LdcInsnNode(expressions.get(read.name)));
      }
    }
  }
}
