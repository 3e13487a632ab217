package app.session.autoconfigure;

import java.util.Optional;

import app.session.Session;
import app.session.SessionObject;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

import static org.assertj.core.api.Assertions.assertThat;

class SessionObjectAotProcessorTests {

	@Test
	void theFormsOfTheSessionThatAControllerTakesAreKnownToANativeImage() {
		RuntimeHints hints = process(Visits.class);
		for (Class<?> type : new Class<?>[] { ByParameter.class, ByType.class, Wrapped.class, Inner.class }) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(type)
				.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).as(type.getSimpleName())
				.accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(ByParameter.class, "views")).accepts(hints);
	}

	@Test
	void otherArgumentsAndOtherBeansAreLeftAlone() {
		assertThat(RuntimeHintsPredicates.reflection().onType(Other.class)).rejects(process(Visits.class));
		assertThat(RuntimeHintsPredicates.reflection().onType(ByType.class)).rejects(process(NoController.class));
	}

	private static RuntimeHints process(Class<?> bean) {
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean(bean);
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get("app.session", "Test")), new InMemoryGeneratedFiles());
		new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		return generation.getRuntimeHints();
	}

	record ByParameter(int views, Inner inner) {
	}

	record Inner(String text) {
	}

	@SessionObject
	record ByType(int views) {
	}

	record Wrapped(int views) {
	}

	record Other(int views) {
	}

	@Controller
	static class Visits {

		@GetMapping("/")
		void visit(@SessionObject ByParameter a, ByType b, @SessionObject Optional<Wrapped> c, Other d, Session e) {
		}

	}

	static class NoController {

		void visit(ByType b) {
		}

	}

}
