package app.session;

import java.time.Duration;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The rules of the house for the tests of this module.
 */
@AnalyzeClasses(packages = "app.session", importOptions = OnlyIncludeTests.class)
class TestArchitectureTests {

	/** A test waits for an event, or moves a clock of its own. */
	@ArchTest
	static final ArchRule noTestSleeps = noClasses().should()
		.callMethod(Thread.class, "sleep", long.class)
		.orShould()
		.callMethod(Thread.class, "sleep", Duration.class);

	/** AssertJ says what was found; JUnit's assertions often do not. */
	@ArchTest
	static final ArchRule assertionsAreAssertJs = noClasses().should()
		.dependOnClassesThat()
		.haveFullyQualifiedName("org.junit.jupiter.api.Assertions");

}
