package dev.slipway.cli.packaging;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A class that does what the JVM's {@code LambdaMetafactory} would make for a lambda; the arguments
 * are those of its call site.
 *
 * @param name of the class, internal
 * @param method of the functional interface
 * @param factory what the lambda captures, and the interface as what that gives
 * @param erased the method's type as the interface declares it
 * @param body what is called
 * @param instantiated the method's type with the interface's parameters put in
 */
record LambdaClass(
    String name, String method, Type factory, Type erased, Handle body, Type instantiated) {
  private static final String INSTANCE = "INSTANCE";
  private static final String FACTORY = "of";
  private static final String CONSTRUCTOR = "<init>";

  private Type[] captured() {
    return factory.getArgumentTypes();
  }

  private String constructor() {
    return Type.getMethodDescriptor(Type.VOID_TYPE, captured());
  }

  private Type self() {
    return Type.getObjectType(name);
  }

  /**
   * Makes an instance of what is captured, which is on the stack; one for all if that is nothing.
   */
  void instantiate(MethodVisitor code) {
    if (captured().length == 0) {
      code.visitFieldInsn(Opcodes.GETSTATIC, name, INSTANCE, self().getDescriptor());
    } else {
      String type = Type.getMethodDescriptor(self(), captured());
      code.visitMethodInsn(Opcodes.INVOKESTATIC, name, FACTORY, type, false);
    }
  }

  /** The class file, of that version, in the nest of {@code host}. */
  byte[] write(int version, String host) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(
        version,
        Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        name,
        null,
        "java/lang/Object",
        new String[] {factory.getReturnType().getInternalName()});
    writer.visitNestHost(host);
    writeConstructor(writer);
    writeFactory(writer);
    writeMethod(writer);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private void writeConstructor(ClassWriter writer) {
    MethodVisitor code =
        writer.visitMethod(Opcodes.ACC_PRIVATE, CONSTRUCTOR, constructor(), null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", CONSTRUCTOR, "()V", false);
    int local = 1;
    for (int i = 0; i < captured().length; i++) {
      Type type = captured()[i];
      writer
          .visitField(
              Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, field(i), type.getDescriptor(), null, null)
          .visitEnd();
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
      code.visitFieldInsn(Opcodes.PUTFIELD, name, field(i), type.getDescriptor());
      local += type.getSize();
    }
    end(code, Opcodes.RETURN);
  }

  private static String field(int captured) {
    return "captured" + captured;
  }

  private void writeFactory(ClassWriter writer) {
    boolean shared = captured().length == 0;
    String type = shared ? "()V" : Type.getMethodDescriptor(self(), captured());
    MethodVisitor code =
        writer.visitMethod(Opcodes.ACC_STATIC, shared ? "<clinit>" : FACTORY, type, null, null);
    code.visitCode();
    code.visitTypeInsn(Opcodes.NEW, name);
    code.visitInsn(Opcodes.DUP);
    int local = 0;
    for (Type each : captured()) {
      code.visitVarInsn(each.getOpcode(Opcodes.ILOAD), local);
      local += each.getSize();
    }
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, name, CONSTRUCTOR, constructor(), false);
    if (shared) {
      String descriptor = self().getDescriptor();
      writer
          .visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, INSTANCE, descriptor, null, null)
          .visitEnd();
      code.visitFieldInsn(Opcodes.PUTSTATIC, name, INSTANCE, descriptor);
    }
    end(code, shared ? Opcodes.RETURN : Opcodes.ARETURN);
  }

  private void writeMethod(ClassWriter writer) {
    MethodVisitor code =
        writer.visitMethod(Opcodes.ACC_PUBLIC, method, erased.getDescriptor(), null, null);
    code.visitCode();
    if (creates()) {
      code.visitTypeInsn(Opcodes.NEW, body.getOwner());
      code.visitInsn(Opcodes.DUP);
    }
    for (int i = 0; i < captured().length; i++) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitFieldInsn(Opcodes.GETFIELD, name, field(i), captured()[i].getDescriptor());
    }
    List<Type> taken = taken();
    int local = 1;
    for (int i = 0; i < erased.getArgumentTypes().length; i++) {
      Type given = erased.getArgumentTypes()[i];
      Type meant = instantiated.getArgumentTypes()[i];
      code.visitVarInsn(given.getOpcode(Opcodes.ILOAD), local);
      local += given.getSize();
      Conversion.write(given, meant, code);
      Conversion.write(meant, taken.get(captured().length + i), code);
    }
    callBody(code);
    Type result =
        creates() ? Type.getObjectType(body.getOwner()) : Type.getReturnType(body.getDesc());
    Conversion.write(result, instantiated.getReturnType(), code);
    Conversion.write(instantiated.getReturnType(), erased.getReturnType(), code);
    end(code, erased.getReturnType().getOpcode(Opcodes.IRETURN));
  }

  private boolean creates() {
    return body.getTag() == Opcodes.H_NEWINVOKESPECIAL;
  }

  /** What the body takes: an object first, unless it is static or makes one. */
  private List<Type> taken() {
    List<Type> types = new ArrayList<>();
    if (body.getTag() != Opcodes.H_INVOKESTATIC && !creates()) {
      types.add(Type.getObjectType(body.getOwner()));
    }
    types.addAll(List.of(Type.getArgumentTypes(body.getDesc())));
    return types;
  }

  private void callBody(MethodVisitor code) {
    int call;
    if (creates()) {
      call = Opcodes.INVOKESPECIAL;
    } else if (body.getTag() == Opcodes.H_INVOKESTATIC) {
      call = Opcodes.INVOKESTATIC;
    } else {
      // a private method too: the caller is its owner's nest mate, and not its owner
      call = body.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
    }
    code.visitMethodInsn(call, body.getOwner(), body.getName(), body.getDesc(), body.isInterface());
  }

  private static void end(MethodVisitor code, int with) {
    code.visitInsn(with);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
