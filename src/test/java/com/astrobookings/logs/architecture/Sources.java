package com.astrobookings.logs.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The Java files below a folder, read by the compiler itself. */
final class Sources {
  private final List<CompilationUnitTree> files;
  private final DocTrees trees;

  private Sources(List<CompilationUnitTree> files, DocTrees trees) {
    this.files = files;
    this.trees = trees;
  }

  static Sources below(String folder) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null);
        Stream<Path> found = Files.walk(Path.of(folder))) {
      List<Path> paths = found.filter(path -> path.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              javac.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none", "-Xlint:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(paths));
      List<CompilationUnitTree> files = new ArrayList<>();
      task.parse().forEach(files::add);
      task.analyze();
      return new Sources(files, DocTrees.instance(task));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Every file by its text. */
  Stream<TextFile> texts() {
    return files.stream().map(TextFile::of);
  }

  /** Everything of the given kind in any file, at any depth. */
  Stream<Node> all(Class<? extends Tree> kind) {
    Stream.Builder<Node> found = Stream.builder();
    TreePathScanner<Void, Void> scanner =
        new TreePathScanner<>() {
          @Override
          public Void scan(Tree tree, Void unused) {
            if (kind.isInstance(tree)) {
              found.add(new Node(new TreePath(getCurrentPath(), tree), trees));
            }
            return super.scan(tree, null);
          }
        };
    files.forEach(file -> scanner.scan(new TreePath(file), null));
    return found.build();
  }

  /** One file: its name below the folder and its text. */
  record TextFile(String name, String text) {
    private static TextFile of(CompilationUnitTree file) {
      try {
        return new TextFile(
            file.getSourceFile().getName(), file.getSourceFile().getCharContent(false).toString());
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }

  /** A piece of source and the place where it stands. */
  record Node(TreePath path, DocTrees trees) {
    String place() {
      return path.getCompilationUnit().getSourceFile().getName() + ":" + line(start());
    }

    long lines() {
      return line(
              trees.getSourcePositions().getEndPosition(path.getCompilationUnit(), path.getLeaf()))
          - line(start())
          + 1;
    }

    Optional<String> javadoc() {
      return Optional.ofNullable(trees.getDocComment(path)).filter(text -> !text.isBlank());
    }

    /** The type of an expression, when it is a class, an interface or the like. */
    Optional<TypeElement> type(Tree expression) {
      return trees.getTypeMirror(new TreePath(path, expression)) instanceof DeclaredType declared
          ? Optional.of((TypeElement) declared.asElement())
          : Optional.empty();
    }

    boolean isVisibleOutside() {
      return visibleOutside(trees.getElement(path));
    }

    private static boolean visibleOutside(Element element) {
      return element.getKind() == ElementKind.PACKAGE
          || (element.getModifiers().contains(Modifier.PUBLIC)
              && visibleOutside(element.getEnclosingElement()));
    }

    private long start() {
      return trees.getSourcePositions().getStartPosition(path.getCompilationUnit(), path.getLeaf());
    }

    private long line(long position) {
      return path.getCompilationUnit().getLineMap().getLineNumber(position);
    }
  }
}
