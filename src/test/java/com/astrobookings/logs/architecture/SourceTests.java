package com.astrobookings.logs.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;

/** What only the source tells: sizes, Javadoc, comments, the cases of a switch. */
class SourceTests {
  private static final Sources MAIN = Sources.below("src/main/java");
  private static final Sources TESTS = Sources.below("src/test/java");

  /** Written so that it does not find itself. */
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TO[D]O|FIX[M]E|HAC[K])\\b");

  @Test
  void publicTypesStateTheirContract() {
    Stream<Sources.Node> silent =
        MAIN.all(ClassTree.class)
            .filter(Sources.Node::isVisibleOutside)
            .filter(type -> type.javadoc().isEmpty());

    assertThat(silent.map(Sources.Node::place)).as("public types without Javadoc").isEmpty();
  }

  @Test
  void methodsAreShort() {
    Stream<Sources.Node> tooLong =
        MAIN.all(MethodTree.class).filter(method -> method.lines() >= 30);

    assertThat(tooLong.map(Sources.Node::place)).as("methods of 30 lines or more").isEmpty();
  }

  @Test
  void filesAreShort() {
    Stream<Sources.TextFile> tooLong =
        Stream.concat(MAIN.texts(), TESTS.texts())
            .filter(file -> file.text().lines().count() >= 300);

    assertThat(tooLong.map(Sources.TextFile::name)).as("files of 300 lines or more").isEmpty();
  }

  @Test
  void nothingIsLeftForLater() {
    Stream<Sources.TextFile> unfinished =
        Stream.concat(MAIN.texts(), TESTS.texts())
            .filter(file -> UNFINISHED.matcher(file.text()).find());

    assertThat(unfinished.map(Sources.TextFile::name)).as("unfinished files").isEmpty();
  }

  @Test
  void aSwitchOverOurClosedSetsNamesEveryCase() {
    Stream<Sources.Node> open =
        Stream.concat(MAIN.all(SwitchTree.class), MAIN.all(SwitchExpressionTree.class))
            .filter(
                node -> node.type(selector(node)).filter(SourceTests::isOurClosedSet).isPresent())
            .filter(node -> cases(node).stream().anyMatch(SourceTests::isDefault));

    assertThat(open.map(Sources.Node::place)).as("a default that hides new cases").isEmpty();
  }

  private static ExpressionTree selector(Sources.Node node) {
    return node.path().getLeaf() instanceof SwitchTree statement
        ? statement.getExpression()
        : ((SwitchExpressionTree) node.path().getLeaf()).getExpression();
  }

  private static List<? extends CaseTree> cases(Sources.Node node) {
    return node.path().getLeaf() instanceof SwitchTree statement
        ? statement.getCases()
        : ((SwitchExpressionTree) node.path().getLeaf()).getCases();
  }

  private static boolean isDefault(CaseTree branch) {
    return branch.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance);
  }

  private static boolean isOurClosedSet(TypeElement type) {
    return type.getQualifiedName().toString().startsWith(MainCode.BASE)
        && (type.getKind() == ElementKind.ENUM || type.getModifiers().contains(Modifier.SEALED));
  }
}
