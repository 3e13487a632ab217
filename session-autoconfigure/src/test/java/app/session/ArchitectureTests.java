package app.session;

import java.util.Date;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The map of the packages, and the rules of the house that a class file can show.
 */
@AnalyzeClasses(packages = "app.session", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "app.session";

	private static final String AUTOCONFIGURE = "app.session.autoconfigure..";

	private static final String[] ENGINE = { ROOT, "app.session.core..", "app.session.crypto..",
			"app.session.codec.." };

	@ArchTest
	static final ArchRule arrowsRunOneWay = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("root")
		.definedBy(ROOT)
		.layer("codec")
		.definedBy("app.session.codec..")
		.layer("crypto")
		.definedBy("app.session.crypto..")
		.layer("core")
		.definedBy("app.session.core..")
		.layer("web")
		.definedBy("app.session.web..")
		.layer("store")
		.definedBy("app.session.store..")
		.optionalLayer("security")
		.definedBy("app.session.security..")
		.optionalLayer("observe")
		.definedBy("app.session.observe..")
		.layer("autoconfigure")
		.definedBy(AUTOCONFIGURE)
		.whereLayer("root")
		.mayNotAccessAnyLayer()
		.whereLayer("codec")
		.mayOnlyAccessLayers("root")
		.whereLayer("crypto")
		.mayOnlyAccessLayers("root")
		.whereLayer("core")
		.mayOnlyAccessLayers("codec", "crypto", "root")
		.whereLayer("web")
		.mayOnlyAccessLayers("core", "codec", "crypto", "root")
		.whereLayer("store")
		.mayOnlyAccessLayers("core", "codec", "crypto", "root")
		.whereLayer("security")
		.mayOnlyAccessLayers("core", "codec", "crypto", "root")
		.whereLayer("observe")
		.mayOnlyAccessLayers("core", "codec", "crypto", "root")
		.whereLayer("autoconfigure")
		.mayNotBeAccessedByAnyLayer()
		.ensureAllClassesAreContainedInArchitecture();

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("app.(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule storesKnowNothingOfEachOther = slices().matching("app.session.store.(*)..")
		.should()
		.notDependOnEachOther();

	@ArchTest
	static final ArchRule theEngineKnowsNoServerNoBootAndNoStore = noClasses().that()
		.resideInAnyPackage(ENGINE)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("jakarta..", "java.sql..", "javax.sql..", "org.springframework.boot..",
				"org.springframework.web..", "org.springframework.http..", "org.springframework.data..",
				"org.springframework.jdbc..", "org.springframework.security..", "io.lettuce..", "redis.clients..");

	@ArchTest
	static final ArchRule storesKnowNothingOfServlets = noClasses().that()
		.resideInAPackage("app.session.store..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("jakarta.servlet..", "org.springframework.web..", "org.springframework.http..");

	@ArchTest
	static final ArchRule bootIsForAutoConfigurationAlone = noClasses().that()
		.resideOutsideOfPackages(AUTOCONFIGURE, "app.session.observe..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	static final ArchRule autoConfigurationsArePublicAndFinal = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	static final ArchRule autoConfigurationsHaveNoPublicMethods = methods().that()
		.areDeclaredInClassesThat()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule autoConfigurationsHaveNoPublicFields = noFields().that()
		.areDeclaredInClassesThat()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule classesAreFinal = classes().that()
		.areTopLevelClasses()
		.and()
		.areNotInterfaces()
		.and()
		.areNotEnums()
		.and()
		.doNotHaveModifier(JavaModifier.ABSTRACT)
		.and()
		.areNotAssignableTo(Throwable.class)
		.should()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	static final ArchRule nothingStaticChanges = fields().that().areStatic().should().beFinal();

	@ArchTest
	static final ArchRule timeComesFromAClock = noClasses().should()
		.accessTargetWhere(target("the time of the machine", ArchitectureTests::readsTheTime));

	@ArchTest
	static final ArchRule theClockOfTheMachineIsForAutoConfigurationAlone = noClasses().that()
		.resideOutsideOfPackage(AUTOCONFIGURE)
		.should()
		.accessTargetWhere(target("a clock of the machine", ArchitectureTests::makesAClock));

	@ArchTest
	static final ArchRule nothingSleeps = noClasses().should()
		.accessTargetWhere(target("Thread.sleep", (target) -> is(target, "java.lang.Thread", "sleep")));

	@ArchTest
	static final ArchRule nothingIsGuessable = noClasses().should()
		.callConstructor(Random.class)
		.orShould()
		.callConstructor(Random.class, long.class)
		.orShould()
		.dependOnClassesThat()
		.belongToAnyOf(ThreadLocalRandom.class, SplittableRandom.class)
		.orShould()
		.callMethod(Math.class, "random");

	/**
	 * The one exception reads, within limits, what Spring Session has written so: its
	 * sessions can't be moved otherwise.
	 */
	@ArchTest
	static final ArchRule nothingIsSerializedByJava = noClasses().that()
		.haveNameNotMatching("app\\.session\\.store\\.springsession\\.JavaValues(\\$Input)?")
		.should()
		.dependOnClassesThat()
		.haveNameMatching("java\\.io\\.(Object(In|Out)putStream|Externalizable).*");

	@ArchTest
	static final ArchRule lettersChangeCaseInANamedLocale = noClasses().should()
		.callMethod(String.class, "toLowerCase")
		.orShould()
		.callMethod(String.class, "toUpperCase");

	@ArchTest
	static final ArchRule nothingIsInjectedIntoFields = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

	@ArchTest
	static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

	@ArchTest
	static final ArchRule logsGoThroughCommonsLogging = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.util.logging..", "org.slf4j..", "ch.qos.logback..");

	private static boolean readsTheTime(AccessTarget target) {
		String owner = target.getOwner().getName();
		if (owner.startsWith("java.time.") && target.getName().equals("now")) {
			return !target.getFullName().endsWith("now(java.time.Clock)");
		}
		return is(target, "java.lang.System", "currentTimeMillis") || is(target, Date.class.getName(), "<init>");
	}

	private static boolean makesAClock(AccessTarget target) {
		String owner = target.getOwner().getName();
		return (owner.equals("java.time.Clock") || owner.equals("java.time.InstantSource"))
				&& (target.getName().startsWith("system") || target.getName().startsWith("tick"));
	}

	private static boolean is(AccessTarget target, String owner, String name) {
		return target.getOwner().getName().equals(owner) && target.getName().equals(name);
	}

	private static DescribedPredicate<JavaAccess<?>> target(String description, Predicate<AccessTarget> predicate) {
		return DescribedPredicate.describe(description, (access) -> predicate.test(access.getTarget()));
	}

}
