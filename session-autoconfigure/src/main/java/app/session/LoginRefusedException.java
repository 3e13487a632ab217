package app.session;

/**
 * A session could not become the principal's: all its sessions were revoked while the
 * login was under way, or it has as many as it may have. The session has been ended. Over
 * HTTP it is a 409.
 */
public class LoginRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final PrincipalIndex.Admission.Status status;

	/**
	 * Creates an exception.
	 * @param status why the session was not admitted
	 */
	public LoginRefusedException(PrincipalIndex.Admission.Status status) {
		super((status == PrincipalIndex.Admission.Status.FULL) ? "The principal has as many sessions as it may have"
				: "The principal's sessions were ended while the login was under way");
		this.status = status;
	}

	/**
	 * Why the session was not admitted.
	 * @return the status, never {@code ADMITTED}
	 */
	public PrincipalIndex.Admission.Status getStatus() {
		return this.status;
	}

}
